package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recently failed executions in the status of all tables: an alarm does not name the table. */
class StatusOfFailedExecutionsTest {

    private static final String REFUSED = ExecutionError.SPEC_REFUSED.className();
    private static final String DENIED = "io.fanin.core.catalog.CatalogException";
    private static final TableRecord REGISTERED_NOTHING = partial(StatusFixture.RUN);
    private static final Instant LATELY = FakeStepFunctions.THEN.plus(Duration.ofHours(12));

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void failuresOfBothStateMachinesAreNamedWithCauseAndAdvice() {
        cli.createTable(StatusFixture.COMPLETE);
        fails("flights-2", REFUSED, "$.x: no", LATELY);
        failsForAllTables("nightly-1", "States.Timeout", LATELY.plusSeconds(60).plusMillis(281));

        Done done = cli.run("status");

        assertThat(done.code()).as("that of the tables").isZero();
        assertThat(done.lines())
                .containsSubsequence(
                        "Executions that failed in the last 24 hours, besides those that are held for a redrive:",
                        "  nightly-1, a run of all tables, 2013-02-09T12:01:00Z",
                        "    too long",
                        "  flights-2, 2013-02-09T12:00:00Z",
                        "    $.x: no",
                        "    What to do: " + ExecutionError.SPEC_REFUSED.advice());
    }

    /** If a table's execution could not be started, only the run of all tables shows it. */
    @Test
    void runOfAllTablesWhoseTablesFailedIsNamedAndOneOfPartialTablesIsNot() {
        failsForAllTables("nightly-1", ExecutionError.TABLES_FAILED.className(), LATELY);
        failsForAllTables("nightly-2", ExecutionError.TABLES_PARTIAL.className(), LATELY.plusSeconds(60));

        assertThat(cli.run("status").lines())
                .contains(
                        "  nightly-1, a run of all tables, 2013-02-09T12:00:00Z",
                        "    What to do: " + ExecutionError.TABLES_FAILED.advice())
                .noneMatch(line -> line.contains("nightly-2"));
    }

    @Test
    void jsonHasThem() {
        failsForAllTables("nightly-1", REFUSED, LATELY);

        JsonNode json = cli.run("status", "--output", "json").json();

        assertThat(json.path("tables")).isEmpty();
        assertThat(json.at("/failed/0/execution").asText()).isEqualTo("nightly-1");
        assertThat(json.at("/failed/0/allTables").asBoolean()).isTrue();
        assertThat(json.at("/moreFailed").asLong()).isZero();
    }

    @Test
    void whatFailedOnPurposeOrLongAgoIsNotNamed() {
        fails("held", ExecutionError.TABLE_PARTIAL.className(), "held", LATELY);
        fails("busy", ExecutionError.TABLE_BUSY.className(), "busy", LATELY);
        fails("early", ExecutionError.REDRIVEN_WHILE_BUSY.className(), "busy", LATELY);
        fails("old", REFUSED, "$.x: no", LATELY.minus(Duration.ofDays(1)));

        assertThat(cli.run("status").out()).doesNotContain("failed");
    }

    @Test
    void failedPlanIsNoFailureOfTheStack() {
        cli.createTable(StatusFixture.COMPLETE);
        cli.stepFunctions.put(
                FakeStepFunctions.failed("analytics-flights-2", REFUSED, Map.of("errorMessage", "$.x: no")).toBuilder()
                        .startDate(LATELY)
                        .input("{\"database\": \"analytics\", \"table\": \"flights\", \"dryRun\": true}")
                        .build());

        assertThat(cli.run("status").out()).doesNotContain("failed");
        assertThat(cli.run("status", "analytics.flights").out()).doesNotContain("failed and changed nothing");
    }

    @Test
    void runThatFailsLongAfterItsStartFailedLately() {
        cli.stepFunctions.put(FakeStepFunctions.failed("long", REFUSED, Map.of("errorMessage", "at last")).toBuilder()
                .startDate(LATELY.minus(Duration.ofDays(2)))
                .stopDate(LATELY)
                .build());

        assertThat(cli.run("status").lines()).contains("  long, 2013-02-09T12:00:00Z");
    }

    @Test
    void ofManyAlikeAFewAreNamedAndTheRestIsCounted() {
        cli.run("status");
        int before = cli.requests();
        cli.run("status");
        int alone = cli.requests() - before;
        for (int i = 0; i < 50; i++) {
            fails("t-" + i, REFUSED, "$.x: no", LATELY.plusSeconds(i));
        }

        before = cli.requests();
        Done done = cli.run("status");

        assertThat(cli.requests() - before).as("one for each of ten").isEqualTo(alone + 10);
        assertThat(done.lines())
                .containsSubsequence(
                        "  t-49, 2013-02-09T12:00:49Z",
                        "  t-48, 2013-02-09T12:00:48Z",
                        "  t-47, 2013-02-09T12:00:47Z",
                        "  and 7 more",
                        "    $.x: no",
                        "  40 others, failed or held, not asked for: see the Step Functions console");
    }

    /** Many tables may be held for days, each with newer executions than the failure in question. */
    @Test
    void executionThatARecordKnowsAsHeldIsNotAskedFor() {
        cli.createTable(StatusFixture.PARTIAL);
        cli.run("status");
        int before = cli.requests();
        cli.run("status");
        int alone = cli.requests() - before;
        fails("flights-1", ExecutionError.TABLE_PARTIAL.className(), "held", LATELY.plusSeconds(60));
        for (int i = 0; i < 10; i++) {
            fails("t-" + i, REFUSED, "$.x: no " + i, LATELY.plusSeconds(i));
        }

        before = cli.requests();
        Done done = cli.run("status");

        assertThat(cli.requests() - before).as("one for each that is not held").isEqualTo(alone + 10);
        assertThat(done.lines()).contains("    $.x: no 0").noneMatch(line -> line.contains("not asked for"));
    }

    /** Failures are recorded before partitions are registered, which Glue may refuse. */
    @Test
    void runThatFailedOnceItHadRecordedFailuresIsNamed() {
        cli.createTable(REGISTERED_NOTHING);
        fails("flights-1", DENIED, "Glue said no", LATELY);

        assertThat(cli.run("status").lines()).contains("  flights-1, 2013-02-09T12:00:00Z", "    Glue said no");
    }

    @Test
    void runWhoseResultIsNotPublishedIsNamed() {
        cli.createTable(StatusFixture.PARTIAL);
        cli.setParameters(parameters -> {
            Map<String, String> before = new HashMap<>(parameters);
            before.put("fanin.run", "s3://state/runs/flights-0/");
            return before;
        });
        fails("flights-1", DENIED, "Glue said no", LATELY);

        assertThat(cli.run("status").lines()).contains("  flights-1, 2013-02-09T12:00:00Z", "    Glue said no");
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT, 0", "ABORTED, 0", "FAILED, 1"})
    void runThatEndedOtherwiseThanHeldOrWasRedrivenSinceIsNamed(String status, int redrives) {
        cli.createTable(StatusFixture.PARTIAL);
        cli.stepFunctions.put(FakeStepFunctions.described("flights-1", status)
                .startDate(LATELY)
                .redriveCount(redrives)
                .build());

        assertThat(cli.run("status").lines()).contains("  flights-1, 2013-02-09T12:00:00Z");
    }

    /** For example a table whose partitions all fail, and one without new data. */
    @Test
    void manyThatAreProbablyHeldHideNoOtherFailure() {
        for (int i = 0; i < 30; i++) {
            String table = "t%02d".formatted(i);
            RunId run = new RunId(table + "-1");
            cli.createTable(table, partial(run));
            fails(run.value(), ExecutionError.TABLE_PARTIAL.className(), "held", LATELY.plusSeconds(60 + i));
        }
        fails("other-1", REFUSED, "$.x: no", LATELY);
        cli.run("status");
        long described = described();

        Done done = cli.run("status");

        assertThat(described() - described).as("all are asked for").isEqualTo(31);
        assertThat(done.lines())
                .containsSubsequence("  other-1, 2013-02-09T12:00:00Z", "    $.x: no")
                .noneMatch(line -> line.contains("not asked for"));
    }

    /** Each hour a run is held for its bad partition; the record knows only the last of these runs. */
    @Test
    void earlierHeldRunsOfAPartialTableDoNotHideAFailure() {
        cli.createTable(StatusFixture.PARTIAL);
        fails("other-1", REFUSED, "$.x: no", LATELY);
        for (int i = 0; i < 60; i++) {
            fails(
                    "flights-h" + i,
                    ExecutionError.TABLE_PARTIAL.className(),
                    "held",
                    LATELY.plusSeconds(i < 40 ? i : -i));
        }
        cli.run("status");
        long described = described();

        Done done = cli.run("status");

        assertThat(described() - described).as("fifty are asked for").isEqualTo(50);
        assertThat(done.lines())
                .containsSubsequence(
                        "  other-1, 2013-02-09T12:00:00Z",
                        "    $.x: no",
                        "  11 others, failed or held, not asked for: see the Step Functions console");
    }

    @Test
    void manyOtherFailuresDoNotHideThatOfAPartialTable() {
        cli.createTable(REGISTERED_NOTHING);
        fails("flights-1", DENIED, "Glue said no", LATELY);
        for (int i = 0; i < 50; i++) {
            fails("t-" + i, REFUSED, "$.x: no", LATELY.plusSeconds(60 + i));
        }

        assertThat(cli.run("status").lines())
                .containsSubsequence(
                        "  t-49, 2013-02-09T12:01:49Z",
                        "  flights-1, 2013-02-09T12:00:00Z",
                        "  41 others, failed or held, not asked for: see the Step Functions console");
    }

    private long described() {
        return cli.stepFunctions.calls.stream()
                .filter("DescribeExecution"::equals)
                .count();
    }

    /** A table's record after a run has recorded a failed partition, and registered nothing. */
    private static TableRecord partial(RunId run) {
        return StatusFixture.COMPLETE
                .with(new RecordedRun(run, "s3://state/runs/" + run + "/", 0))
                .withFailures(
                        List.of(OutstandingFailure.first(
                                StatusFixture.FAILURE.partition(), StatusFixture.FAILURE.failure(), run, 0)),
                        TestForms.AS_WRITTEN);
    }

    private void fails(String name, String error, String message, Instant when) {
        cli.stepFunctions.put(FakeStepFunctions.failed(name, error, Map.of("errorMessage", message)).toBuilder()
                .startDate(when)
                .build());
    }

    private void failsForAllTables(String name, String error, Instant when) {
        String machine = cli.outputs.get("AllTablesStateMachineArn");
        cli.stepFunctions.put(FakeStepFunctions.failed(name, error, Map.of("errorMessage", "too long")).toBuilder()
                .stateMachineArn(machine)
                .executionArn(machine.replace("stateMachine", "execution") + ":" + name)
                .startDate(when)
                .build());
    }
}
