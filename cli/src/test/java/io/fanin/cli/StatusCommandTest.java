package io.fanin.cli;

import static io.fanin.cli.StatusFixture.COMPLETE;
import static io.fanin.cli.StatusFixture.ONE_ATTEMPT;
import static io.fanin.cli.StatusFixture.PARTIAL;
import static io.fanin.cli.StatusFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The status of a table: its progress, and its outstanding, waived, missing and set aside partitions. */
class StatusCommandTest {

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void partialTableWhoseRunIsHeld() {
        cli.createTable(PARTIAL);
        fixture.report(Map.of());
        fixture.held();

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines())
                .startsWith("analytics.flights is PARTIAL, 23 h 0 min behind.")
                .contains(
                        "Outstanding: 1",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early",
                        "Last run: flights-1, which waits to be redriven",
                        "  Report of pass 0: 1 failed; 23 partitions registered, 1 outstanding.")
                .anyMatch(line -> line.endsWith("fanin redrive flights-1"));
    }

    @Test
    void completeTable() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));

        Done done = fixture.status();

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .startsWith("analytics.flights is COMPLETE, 23 h 0 min behind.")
                .contains("Nothing is outstanding.", "Last run: flights-1, which succeeded");
    }

    @Test
    void costsAFewRequestsWhateverTheTablesSize() {
        cli.createTable(PARTIAL);
        fixture.report(Map.of());
        fixture.held();
        for (int hour = 0; hour < 100; hour++) {
            cli.aws.glue().putPartition("analytics", "flights", List.of("2013-02-08", "" + hour), "s3://lake/x");
        }
        cli.aws.log().reset();

        fixture.status();

        assertThat(cli.aws.log().counts()).isEqualTo(Map.of("GetTable", 1, "GetObject", 3));
        assertThat(cli.stepFunctions.calls)
                .containsExactly("DescribeExecution", "ListExecutions", "ListExecutions", "ListExecutions");
        assertThat(cli.calls).containsExactly("DescribeStacks");
    }

    @Test
    void waivedPartitionsAreNamedWithWhoAndWhy() {
        Waiver waiver = new Waiver(
                new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
                "lost",
                "ann",
                Instant.parse("2013-02-09T00:00:00Z"),
                Optional.of(Instant.parse("2013-03-01T00:00:00Z")),
                new Inventory(0, 0, Optional.empty(), "none"));
        cli.createTable(Waivers.changed(
                COMPLETE,
                new WaiverChange(List.of(waiver), List.of()),
                new EquivalentValues(cli.spec().definition().keys()),
                new RunId("flights-2")));

        assertThat(fixture.status().lines())
                .contains(
                        "Waived: 1",
                        "  dt=2013-02-08/hour=17: lost (ann, 2013-02-09T00:00:00Z, until 2013-03-01T00:00:00Z)");
        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=17")
                        .lines())
                .contains("Waived: 1");
    }

    @Test
    void tableWithGapsAloneIsPartial() {
        cli.createTable(withMissing(COMPLETE, 3));

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines()).contains("Periods without any prefix, which make the table PARTIAL: 3");
    }

    /** A run without a listing, such as a redrive or a change of waivers, keeps only the number. */
    @Test
    void whereTheLastRunHasNotNamedMissingPeriodsThePlanDoes() {
        cli.createTable(withMissing(COMPLETE, 3));

        assertThat(fixture.status().lines())
                .contains(
                        "Their names: fanin plan analytics.flights; if its spec's mode is neither list nor full: fanin"
                                + " plan SPEC, with \"detection\": {\"mode\": \"list\"} in the spec, and the gaps"
                                + " and readiness that count");
    }

    @Test
    void overviewCountsMissingPeriodsBesideOutstandingPartitions() {
        cli.createTable(withMissing(COMPLETE, 3));

        assertThat(cli.run("status").lines()).anyMatch(line -> line.contains("  0 + 3 missing  "));
    }

    @Test
    void missingPeriodsAreNamedWithTheCommands() {
        cli.createTable(withMissing(COMPLETE, 12));
        RunFolder folder = cli.folder("flights-1");
        folder.begin(
                folder.writeDetection(Json.read("""
                        {"found": 2, "registered": 0, "skipped": {}, "skippedSample": [], "missing": {"count": 12, "sample": [
                          {"first": "2013-02-08T01:00", "last": "2013-02-08T02:00", "count": 2},
                          {"first": "2013-02-08T04:00", "last": "2013-02-08T13:00", "count": 10}]}}
                        """, DetectionReport.class, "detection"), TakenEntries.NONE),
                List.<Partition>of().iterator(),
                ManifestSummary.of(0),
                "lease");

        List<String> lines = fixture.status().lines();

        assertThat(lines)
                .contains("  and 2 more")
                .anyMatch(line -> line.matches("  dt=2013-02-08/hour=0?2"))
                .anyMatch(line -> line.matches("  dt=2013-02-08/hour=11"))
                .noneMatch(line -> line.matches("  dt=2013-02-08/hour=(0?3|12)"))
                .anyMatch(line -> line.matches(
                        "If they will never come: fanin waive analytics.flights .*hour=11'? --reason 'never written'"))
                .anyMatch(line -> line.startsWith("If they come after the lookback: fanin run SPEC, with \"detection\":"
                        + " {\"mode\":\"partitions\",\"partitions\":[\"dt=2013-02-08/hour="));
    }

    /** The last run may not have looked for missing periods, for example if it is an earlier one that was redriven. */
    @Test
    void missingPeriodsThatAnEarlierRunHasFoundAreNamed() {
        cli.createTable(withMissing(COMPLETE, 2));
        fixture.report(Map.of("missing", 2));
        cli.aws
                .s3()
                .put(
                        CliFixture.BUCKET,
                        "tables/analytics/flights/calendar.json",
                        "{\"version\": 1, \"unit\": \"HOURS\", \"rows\": {}, \"runs\": [], \"values\": [], \"open\": ["
                                + "{\"state\": \"WAITING\", \"first\": \"2013-02-08T01:00\", \"last\": \"2013-02-08T01:00\","
                                + " \"why\": \"\"}, {\"state\": \"MISSING\", \"first\": \"2013-02-08T03:00\","
                                + " \"last\": \"2013-02-08T04:00\", \"why\": \"\"}]}");

        assertThat(fixture.status().lines())
                .contains("  dt=2013-02-08/hour=03", "  dt=2013-02-08/hour=04")
                .noneMatch(line -> line.contains("hour=01"));
    }

    @Test
    void whatIsOpenIsTold() {
        cli.createTable(withOpen(PARTIAL, "2013-02-08T17:00"));
        fixture.held();

        assertThat(fixture.status().lines().getLast()).startsWith("Open since 2013-02-08T17:00");
    }

    @Test
    void whatIsSetAsideIsKnownWithoutAReport() {
        cli.createTable(PARTIAL.with(ONE_ATTEMPT));
        fixture.held();

        assertThat(fixture.status().lines()).contains("  dt=2013-02-08/hour=17 (tried 1 time, set aside)");
    }

    @Test
    void whatIsSetAsideIsTriedByARunThatNamesIt() {
        cli.createTable(PARTIAL.with(ONE_ATTEMPT));

        assertThat(fixture.status().lines())
                .contains("Next for what is set aside, once its data is mended: fanin run SPEC, with \"detection\":"
                        + " {\"mode\":\"partitions\",\"partitions\":[\"dt=2013-02-08/hour=17\"]} in the spec")
                .doesNotContain("Next, once the cause is fixed: fanin run analytics.flights");
    }

    @Test
    void namesAreThoseOfRunsAndReports() {
        cli.createTable(COMPLETE.withFailures(
                List.of(OutstandingFailure.first(
                        new Partition(PartitionValues.of("2013/02/08", ""), "x/"),
                        new Failure(FailureCode.TRUNCATED, "ended early"),
                        RUN,
                        0)),
                TestForms.AS_WRITTEN));

        assertThat(fixture.status().lines()).contains("  dt=2013%2F02%2F08/hour=__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void tableThatIsNotThereIsNamedWithWhatToDo() {
        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).isEqualTo("""
                        error: there is no table analytics.flights in the catalog
                        hint: create it: fanin run SPEC
                        """);
    }

    @Test
    void textThatNamesNoTableIsRefused() {
        Done done = cli.run("status", "flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("'flights' names no table", "DATABASE.TABLE");
    }

    @Test
    void allTablesAreToldInOneLineEach() {
        cli.createTable(PARTIAL);
        cli.aws.log().reset();

        Done done = cli.run("status");

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines().getLast())
                .matches("analytics.flights +PARTIAL +2013-02-08T16:00 +23 h 0 min +1 +flights-1");
        assertThat(cli.aws.log().counts()).isEqualTo(Map.of("ListObjectsV2", 2, "GetTables", 1, "GetObject", 1));
        assertThat(cli.stepFunctions.calls)
                .as("a status of failure and state machine each")
                .containsOnly("ListExecutions")
                .hasSize(6);
    }

    @Test
    void jsonHasTheDocumentedFields() {
        cli.createTable(PARTIAL);
        fixture.report(Map.of());
        fixture.held();

        JsonNode json =
                cli.run("status", "--output", "json", "analytics.flights").json();

        List<String> fields = new ArrayList<>();
        json.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "table",
                        "status",
                        "completeThrough",
                        "behindSeconds",
                        "outstanding",
                        "failures",
                        "lastRun",
                        "redrivable",
                        "parameters",
                        "differences",
                        "hasRecord");
        assertThat(json.path("behindSeconds").asLong()).isEqualTo(23 * 3600 + 1);
        assertThat(json.at("/lastRun/status").asText()).isEqualTo("HELD");
        assertThat(cli.run("status", "--output", "json")
                        .json()
                        .at("/tables/0/table")
                        .asText())
                .isEqualTo("analytics.flights");
    }

    @Test
    void reportOfTheLastRunCountsMissingPeriods() {
        cli.createTable(withMissing(COMPLETE, 3));
        fixture.report(Map.of("missing", 3));

        JsonNode json =
                cli.run("status", "--output", "json", "analytics.flights").json();

        assertThat(json.at("/lastRun/report/missing").asInt()).isEqualTo(3);
    }

    static TableRecord withMissing(TableRecord record, long missing) {
        return changed(record, "missing", OptionalLong.of(missing));
    }

    private static TableRecord withOpen(TableRecord record, String moment) {
        return changed(record, "open", moment);
    }

    private static TableRecord changed(TableRecord record, String field, Object value) {
        Map<String, Object> json =
                new HashMap<>(Json.documents().convertValue(record, new TypeReference<Map<String, Object>>() {}));
        json.put(field, value);
        return Json.documents().convertValue(json, TableRecord.class);
    }
}
