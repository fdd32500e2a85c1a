package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.World.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.json.Json;
import io.fanin.core.lease.Leases;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecord.LastRun;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.Execution;
import io.fanin.core.run.Failure;
import io.fanin.core.run.Inventory;
import io.fanin.core.run.RunId;
import io.fanin.core.run.Waiver;
import io.fanin.core.run.WaiverChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is said of a table's record, its copy in the catalog, and its last run. */
class StatusCommandTest {

    private static final RunId RUN = new RunId("flights-1");
    private static final String FOLDER = "s3://state/runs/flights-1/";
    private static final String HELD = "io.fanin.tablecreator.TablePartialException";
    private static final OutstandingFailure FAILURE = OutstandingFailure.first(
            new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
            new Failure("Truncated", "ended early"),
            RUN,
            0);
    private static final TableRecord COMPLETE = TableRecord.NEW
            .withProgress(Optional.of("2013-02-08T16:00"), Optional.empty())
            .with(new LastRun(RUN, FOLDER, 23));
    private static final TableRecord PARTIAL = COMPLETE.withFailures(List.of(FAILURE));

    private final World world = new World();

    @Test
    void partialTableWhoseRunIsHeld() {
        world.createTable(PARTIAL);
        report(Map.of());
        held();

        Done done = status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines())
                .startsWith("analytics.flights is PARTIAL, 23 h 0 min behind.")
                .contains(
                        "Outstanding: 1",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early",
                        "Last run: flights-1, which waits to be redriven",
                        "  Report of pass 0: 23 registered, 1 failed, 1 outstanding.")
                .anyMatch(line -> line.endsWith("fanin redrive flights-1"));
    }

    @Test
    void completeTable() {
        world.createTable(COMPLETE);
        world.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));

        Done done = status();

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .startsWith("analytics.flights is COMPLETE, 23 h 0 min behind.")
                .contains("Nothing is outstanding.", "Last run: flights-1, which succeeded");
    }

    @Test
    void costsAFewRequestsWhateverTheTablesSize() {
        world.createTable(PARTIAL);
        report(Map.of());
        held();
        for (int hour = 0; hour < 100; hour++) {
            world.aws.glue().putPartition("analytics", "flights", List.of("2013-02-08", "" + hour), "s3://lake/x");
        }
        world.aws.log().reset();

        status();

        assertThat(world.aws.log().counts()).isEqualTo(Map.of("GetTable", 1, "GetObject", 3));
        assertThat(world.stepFunctions.calls).containsExactly("DescribeExecution");
        assertThat(world.calls).containsExactly("DescribeStacks");
    }

    @Test
    void whatTheLastRunHasLeftOutIsToldWithWhereItLies() {
        world.createTable(PARTIAL);
        report(Map.of("badRecords", 3, "quarantine", FOLDER + "quarantine/"));
        held();

        assertThat(status().lines()).contains("  3 raw records were left out as bad: " + FOLDER + "quarantine/");
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
        world.createTable(Waivers.changed(
                COMPLETE,
                new WaiverChange(List.of(waiver), List.of()),
                new EquivalentValues(world.spec().definition().keys()),
                new RunId("flights-2")));

        assertThat(status().lines())
                .contains(
                        "Waived: 1",
                        "  dt=2013-02-08/hour=17: lost (ann, 2013-02-09T00:00:00Z, until 2013-03-01T00:00:00Z)");
        assertThat(world.run("explain", "analytics.flights", "dt=2013-02-08/hour=17")
                        .lines())
                .contains("Waived: 1");
    }

    @Test
    void tableWithGapsAloneIsPartial() {
        world.createTable(withMissing(COMPLETE, 3));

        Done done = status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines()).contains("Periods without any prefix, which count as outstanding: 3");
    }

    @Test
    void tableThatWasNeverRunHasNothingToTell() {
        createBareTable(Map.of());

        Done done = status();

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "analytics.flights has never been run: it has no fanin.* parameters.",
                        "Nothing is outstanding.");
    }

    @Test
    void partialTableWithoutARecordIsNotCalledComplete() {
        createBareTable(Map.of("fanin.status", "PARTIAL", "fanin.failed", "3"));

        Done done = status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.out()).containsPattern("no record of the table.*run SPEC");
    }

    @Test
    void parametersThatWereWipedDisagreeWithTheRecord() {
        world.createTable(PARTIAL);
        world.setParameters(parameters -> {
            Map<String, String> left = new HashMap<>(parameters);
            left.keySet().removeIf(name -> name.startsWith("fanin."));
            return left;
        });
        held();

        Done done = status();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines()).contains("  fanin.status is absent, and should be PARTIAL");
        assertThat(done.lines().getLast())
                .contains("The next run corrects them: ")
                .endsWith("run SPEC");
    }

    @Test
    void whatIsNoLongerSoDisagreesToo() {
        world.createTable(PARTIAL);
        world.setParameters(parameters -> with(parameters, "fanin.missing", "2"));
        held();

        JsonNode json =
                world.run("status", "--output", "json", "analytics.flights").json();

        assertThat(json.path("differences")).hasToString("[{\"parameter\":\"fanin.missing\",\"found\":\"2\"}]");
        assertThat(status().lines()).contains("  fanin.missing is 2, and should be absent");
    }

    @Test
    void runThatIsAtWorkPutsItRightItself() {
        world.createTable(PARTIAL);
        world.setParameters(parameters -> with(parameters, "fanin.status", "COMPLETE"));
        world.stepFunctions.put(FakeStepFunctions.running("flights-1"));

        Done done = status();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines().getLast()).isEqualTo("The running execution will correct them.");
    }

    @Test
    void whoeverHasTheLeaseAndIsRunningIsNamed() {
        world.createTable(COMPLETE);
        world.stepFunctions.put(FakeStepFunctions.running("flights-2"));
        new Leases(world.store, arn -> true)
                .acquire(
                        World.FLIGHTS,
                        new Execution(
                                FakeStepFunctions.arn("flights-2"),
                                "flights-2",
                                null,
                                Optional.empty(),
                                OptionalInt.empty()));

        assertThat(status().lines()).contains("Running: execution flights-2");
    }

    @Test
    void runThatFailedOtherwiseSaysWhy() {
        world.createTable(PARTIAL);
        world.stepFunctions.put(
                FakeStepFunctions.failed("flights-1", "x.CatalogException", Map.of("errorMessage", "Glue said no")));

        assertThat(status().lines()).contains("Last run: flights-1, which is FAILED: Glue said no");
    }

    @Test
    void whatHasExpiredIsSaidToHave() {
        world.createTable(PARTIAL);

        assertThat(status().out()).contains("no longer known", "the report has expired");
    }

    @Test
    void whatIsOpenIsTold() {
        world.createTable(withOpen(PARTIAL, "2013-02-08T17:00"));
        held();

        assertThat(status().lines().getLast()).startsWith("Open since 2013-02-08T17:00");
    }

    @Test
    void whatIsSetAsideIsKnownFromTheReport() {
        world.createTable(PARTIAL);
        report(Map.of("failures", List.of(reported(17, true), reported(18, false))));
        held();

        assertThat(status().lines()).contains("  dt=2013-02-08/hour=17 (tried 1 time, set aside)");
    }

    @Test
    void setAsidePartitionIsKnownInEveryFormOfItsValues() {
        world.createTable(COMPLETE.withFailures(List.of(OutstandingFailure.first(
                new Partition(PartitionValues.of("2013-02-08", "07"), "flights/dt=2013-02-08/hour=07/"),
                FAILURE.failure(),
                RUN,
                0))));
        report(Map.of("failures", List.of(reported(7, true))));
        held();

        assertThat(status().lines()).contains("  dt=2013-02-08/hour=07 (tried 1 time, set aside)");
    }

    @Test
    void runWhoseNameIsEncodedIsRedrivenByItsName() {
        RunId encoded = new RunId("a(b)=1");
        world.createTable(TableRecord.NEW.withFailures(List.of(
                new OutstandingFailure(FAILURE.partition(), 1, FAILURE.failure(), encoded, 0, Optional.empty()))));
        world.stepFunctions.put(FakeStepFunctions.failed("a(b)=1", HELD, Map.of()));

        assertThat(status().out()).contains("redrive 'a(b)=1'");
    }

    @Test
    void runWhoseIdIsAHashIsFoundByItsReport() {
        String name = "\u00fc".repeat(80);
        RunId hashed = new RunId(name);
        world.createTable(TableRecord.NEW
                .with(new LastRun(hashed, "s3://state/runs/" + hashed + "/", 23))
                .withFailures(List.of(OutstandingFailure.first(FAILURE.partition(), FAILURE.failure(), hashed, 0))));
        report(Map.of("run", hashed.value(), "execution", FakeStepFunctions.arn(name)));
        world.stepFunctions.put(FakeStepFunctions.failed(name, HELD, Map.of()));

        assertThat(status().lines())
                .contains("Last run: " + name + ", which waits to be redriven")
                .anyMatch(line -> line.endsWith("fanin redrive '" + name + "'"));
    }

    @Test
    void earlierRunWhoseIdIsAHashIsRedrivenToo() {
        String name = "\u00fc".repeat(80);
        RunId hashed = new RunId(name);
        world.createTable(COMPLETE.withFailures(
                List.of(OutstandingFailure.first(FAILURE.partition(), FAILURE.failure(), hashed, 0))));
        report(Map.of("run", hashed.value(), "execution", FakeStepFunctions.arn(name)));
        world.stepFunctions.put(FakeStepFunctions.failed(name, HELD, Map.of()));

        assertThat(status().out()).contains("fanin redrive '" + name + "'");
    }

    @Test
    void whatCannotBeRedrivenIsNotToldToBe() {
        world.createTable(PARTIAL);
        assertThat(status().out()).contains("start a run for the table again").doesNotContain("redrive flights");

        world.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        assertThat(status().out()).contains("start a run for the table again").doesNotContain("redrive flights");
    }

    @Test
    void namesAreThoseOfRunsAndReports() {
        world.createTable(COMPLETE.withFailures(List.of(OutstandingFailure.first(
                new Partition(PartitionValues.of("2013/02/08", ""), "x/"),
                new Failure("Truncated", "ended early"),
                RUN,
                0))));

        assertThat(status().lines()).contains("  dt=2013%2F02%2F08/hour=__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void tableThatIsNotThereIsNamedWithWhatToDo() {
        Done done = status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).isEqualTo("""
                        error: there is no table analytics.flights in the catalog
                        hint: create it: fanin run SPEC
                        """);
    }

    @Test
    void textThatNamesNoTableIsRefused() {
        Done done = world.run("status", "flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("'flights' names no table", "DATABASE.TABLE");
    }

    @Test
    void allTablesAreToldInOneLineEach() {
        world.createTable(PARTIAL);
        world.aws.log().reset();

        Done done = world.run("status");

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines().getLast())
                .matches("analytics.flights +PARTIAL +2013-02-08T16:00 +23 h 0 min +1 +flights-1");
        assertThat(world.aws.log().counts()).isEqualTo(Map.of("ListObjectsV2", 2, "GetTable", 1, "GetObject", 1));
        assertThat(world.stepFunctions.calls).isEmpty();
    }

    @Test
    void jsonHasTheDocumentedFields() {
        world.createTable(PARTIAL);
        report(Map.of());
        held();

        JsonNode json =
                world.run("status", "--output", "json", "analytics.flights").json();

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
        assertThat(world.run("status", "--output", "json")
                        .json()
                        .at("/tables/0/table")
                        .asText())
                .isEqualTo("analytics.flights");
    }

    @Test
    void reportOfTheLastRunCountsMissingPeriods() {
        world.createTable(withMissing(COMPLETE, 3));
        report(Map.of("missing", 3));

        JsonNode json =
                world.run("status", "--output", "json", "analytics.flights").json();

        assertThat(json.at("/lastRun/report/missing").asInt()).isEqualTo(3);
    }

    private Done status() {
        return world.run("status", "analytics.flights");
    }

    private void held() {
        world.stepFunctions.put(FakeStepFunctions.failed("flights-1", HELD, Map.of()));
    }

    private void report(Map<String, Object> change) {
        Map<String, Object> report = new HashMap<>(Map.of(
                "version", 1,
                "run", "flights-1",
                "pass", 0,
                "table", "analytics.flights",
                "location", "s3://lake/flights/",
                "status", "PARTIAL",
                "registered", 23,
                "failed", 1,
                "outstanding", 1));
        report.put("failures", List.of());
        report.putAll(change);
        world.aws.s3().put(World.BUCKET, "runs/" + report.get("run") + "/report.json", Json.text(report));
    }

    private static Map<String, Object> reported(int hour, boolean setAside) {
        return Map.of(
                "partition",
                "dt=2013-02-08/hour=" + hour,
                "values",
                List.of("2013-02-08", "" + hour),
                "prefix",
                "flights/dt=2013-02-08/hour=" + hour + "/",
                "error",
                "Truncated",
                "message",
                "ended early",
                "attempts",
                1,
                "setAside",
                setAside);
    }

    private void createBareTable(Map<String, String> parameters) {
        new GlueCatalog(world.aws.glue().client())
                .createTableIfAbsent(world.spec().definition(), parameters);
        world.setParameters(all -> {
            Map<String, String> left = new HashMap<>(all);
            left.remove("fanin.layout");
            return left;
        });
    }

    private static TableRecord withMissing(TableRecord record, long missing) {
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

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put(name, value);
        return changed;
    }
}
