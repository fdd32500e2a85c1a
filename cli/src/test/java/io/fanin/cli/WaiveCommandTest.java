package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Waivers;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions are waived, and waivers taken back, by executions. */
class WaiveCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void waivedPartitionsAreTheInputOfAnExecution() {
        cli.createTable(TableRecord.NEW);
        cli.stepFunctions.startsWith(name -> succeeded(
                name,
                Map.of(
                        "table",
                        "analytics.flights",
                        "status",
                        "COMPLETE",
                        "registered",
                        0,
                        "outstanding",
                        0,
                        "waived",
                        2)));

        Done done = cli.run(
                "waive",
                "analytics.flights",
                "dt=2013-02-08/hour=17",
                "[\"2013-02-08\", 18]",
                "--reason",
                "lost",
                "--until",
                "2026-12-01T00:00:00Z");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("analytics.flights is COMPLETE: 0 registered, 0 outstanding, 2 waived.");
        String rest =
                "\"reason\":\"lost\",\"by\":\"arn:aws:iam::000000000000:user/ann\",\"until\":\"2026-12-01T00:00:00Z\"}";
        assertThat(cli.stepFunctions.inputs)
                .containsExactly("{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":["
                        + "{\"partition\":\"dt=2013-02-08/hour=17\"," + rest + ",{\"partition\":[\"2013-02-08\",18],"
                        + rest
                        + "]}");
    }

    @Test
    void partitionOfWhichNothingIsKnownIsWaivedWithAWarning() {
        cli.createTable(TableRecord.NEW.withFailures(
                List.of(OutstandingFailure.first(
                        new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
                        new Failure(FailureCode.TRUNCATED, "ended early"),
                        new RunId("flights-1"),
                        0)),
                TestForms.AS_WRITTEN));
        cli.aws.s3().put("lake", "flights/dt=2013-02-08/hour=08/a.json", "{}");
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = waive("dt=2013-02-08/hour=17", "dt=2013-02-08/hour=8", "dt=2031-02-08/hour=17");

        assertThat(done.code()).isZero();
        assertThat(done.err().lines())
                .containsExactly(
                        "dt=2031-02-08/hour=17 has not failed, and does not count as missing; S3 has no object of"
                                + " it under s3://lake/flights/dt=2031-02-08/hour=17/: check its name",
                        "Waived all the same: take a wrong waiver back with unwaive");
    }

    /** The notation in which a plan and the pages print missing periods. */
    @ParameterizedTest
    @ValueSource(strings = {"2013-02-08T17:00", "2013-02-08 17:00"})
    void partitionMayBeGivenByTheBeginningOfItsPeriod(String moment) {
        cli.createTable(TableRecord.NEW);
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        waive(moment);

        assertThat(cli.stepFunctions.inputs)
                .singleElement()
                .satisfies(input -> assertThat(input.toString()).contains("dt=2013-02-08/hour=17"));
    }

    @Test
    void timeThatBeginsNoPeriodIsRefused() {
        cli.createTable(TableRecord.NEW);

        assertThat(waive("2013-02-08T17:30").err())
                .contains("'2013-02-08T17:30' does not tell one partition of analytics.flights", "dt=.../hour=...");
        assertThat(waive("2013-02-31T17:00").err()).contains("'2013-02-31T17:00' is no time");
        assertThat(waive("2013-02-08").err())
                .as("a day of 24 partitions")
                .contains("'2013-02-08' does not tell one partition of analytics.flights");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @Test
    void nothingIsSaidOfFoldersThatAreNotKnown() {
        cli.createTable(TableRecord.NEW);
        cli.setParameters(all -> Map.of());
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(waive("dt=2013-02-08/hour=8").err())
                .contains("does not count as missing; where its data would lie is not known: check its name");
    }

    /** The reason of its waiver is changed, or its end. */
    @Test
    void waivedPartitionWithoutDataIsKnown() {
        cli.createTable(waived("17"));
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = waive("dt=2013-02-08/hour=17");

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs).hasSize(1);
    }

    @Test
    void periodThatCountsAsMissingIsWaivedWithoutAWarning() {
        cli.createTable(StatusCommandTest.withMissing(TableRecord.NEW, 3));
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(waive("dt=2013-02-08/hour=17").err()).isEmpty();
        assertThat(waive("dt=2031-02-08/hour=17").err()).startsWith("dt=2031-02-08/hour=17 has not failed");
    }

    @Test
    void nextRunIsNamedAfterWhichAPeriodIsNoLongerMissing() {
        cli.createTable(StatusCommandTest.withMissing(TableRecord.NEW, 3));
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(waive("dt=2013-02-08/hour=17").lines())
                .last()
                .isEqualTo(
                        "A waived period without a prefix stops being missing with the next run that lists the table:"
                                + " fanin run analytics.flights; if its spec's mode is neither list nor full:"
                                + " fanin run SPEC, with \"detection\": {\"mode\": \"list\"} in the spec, and the gaps"
                                + " and readiness that count");
        assertThat(waive("dt=2031-02-08/hour=17").out()).doesNotContain("stops being missing");
    }

    @ParameterizedTest
    @CsvSource({
        "waive, dt=2013-02-08/hour=0x, is not a value of key hour",
        "waive, dt=2013/02/08/17, a / within a value is written %2F",
        "unwaive, dt=2013-02-08, expected dt=<date>/hour=<int>",
    })
    void partitionThatTheTableCannotHaveStartsNothing(String command, String partition, String message) {
        cli.createTable(TableRecord.NEW);

        Done done = command.equals("waive") ? waive(partition) : cli.run(command, "analytics.flights", partition);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("is not a partition of analytics.flights: ")
                .contains(message);
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    private Done waive(String... partitions) {
        return cli.run(Stream.concat(Stream.of("waive", "analytics.flights", "--reason", "lost"), Stream.of(partitions))
                .toArray(String[]::new));
    }

    @Test
    void waiverIsTakenBackByAnExecution() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("unwaive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isZero();
        assertThat(cli.stepFunctions.inputs)
                .containsExactly(
                        "{\"database\":\"analytics\",\"table\":\"flights\",\"unwaive\":[\"dt=2013-02-08/hour=17\"]}");
    }

    @Test
    void partitionThatIsNotWaivedIsNamed() {
        cli.createTable(waived("17"));
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done none = cli.run("unwaive", "analytics.flights", "dt=2013-02-08/hour=18", "[\"2013-02-08\", 19]");

        assertThat(none.code()).isZero();
        assertThat(none.lines())
                .containsExactly(
                        "dt=2013-02-08/hour=18 is not waived: nothing is done about it",
                        "[\"2013-02-08\", 19] is not waived: nothing is done about it");
        assertThat(cli.run("unwaive", "--output", "json", "analytics.flights", "dt=2013-02-08/hour=18")
                        .json())
                .hasToString("{\"table\":\"analytics.flights\",\"result\":\"NOTHING_NEW\","
                        + "\"notWaived\":[\"dt=2013-02-08/hour=18\"]}");
        assertThat(cli.stepFunctions.inputs).isEmpty();

        Done one = cli.run("unwaive", "analytics.flights", "dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18");

        assertThat(one.code()).isZero();
        assertThat(one.err().lines()).containsExactly("dt=2013-02-08/hour=18 is not waived: nothing is done about it");
        assertThat(cli.stepFunctions.inputs).hasSize(1);
    }

    private TableRecord waived(String hour) {
        Waiver waiver = new Waiver(
                new Partition(PartitionValues.of("2013-02-08", hour), "flights/dt=2013-02-08/hour=" + hour + "/"),
                "lost",
                "ann",
                Instant.parse("2013-02-09T00:00:00Z"),
                Optional.empty(),
                new Inventory(0, 0, Optional.empty(), "none"));
        return Waivers.changed(
                TableRecord.NEW,
                new WaiverChange(List.of(waiver), List.of()),
                new EquivalentValues(cli.spec().definition().keys()),
                new RunId("flights-1"));
    }

    @Test
    void waiverWithoutAReasonIsRefused() {
        assertThat(cli.run("waive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isEqualTo(2);
    }
}
