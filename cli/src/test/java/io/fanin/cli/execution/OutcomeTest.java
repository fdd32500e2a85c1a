package io.fanin.cli.execution;

import static io.fanin.cli.execution.OutcomeFixture.NAME;
import static io.fanin.cli.execution.OutcomeFixture.QUARANTINE;
import static io.fanin.cli.execution.OutcomeFixture.moment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.cli.FakeStepFunctions;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.answer.ExecutionError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The outcome of an execution that has ended. */
class OutcomeTest {

    private final OutcomeFixture fixture = new OutcomeFixture();

    @Test
    void completeRun() {
        List<String> lines = complete(Map.of());

        assertThat(fixture.result()).isEqualTo(Result.COMPLETE);
        assertThat(fixture.result().exitCode().code()).isZero();
        assertThat(lines).containsExactly("analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
    }

    /** The lines for a run that has registered 24 partitions, with these fields more in its output. */
    private List<String> complete(Map<String, Object> more) {
        Map<String, Object> output = new HashMap<>(more);
        output.putAll(Map.of("table", "analytics.flights", "status", "COMPLETE", "registered", 24, "outstanding", 0));
        return fixture.succeeding(output);
    }

    @Test
    void completeRunSaysWhatItHasLeftOutAndWhereThatLies() {
        List<String> lines = complete(Map.of("badRecords", 3, "quarantine", QUARANTINE));

        assertThat(fixture.result()).isEqualTo(Result.COMPLETE);
        assertThat(lines.subList(1, lines.size())).containsExactly("3 raw records were left out as bad: " + QUARANTINE);
    }

    @Test
    void runThatKeepsNoBadRecordsCountsThem() {
        List<String> lines = complete(Map.of("badRecords", 1));

        assertThat(lines.subList(1, lines.size())).containsExactly("1 raw record was left out as bad.");
    }

    @Test
    void partitionsWithoutDataAreNamedSinceTheyAreOutstandingNoLonger() {
        List<String> lines = complete(Map.of("skipped", Map.of("count", 2, "sample", List.of("hour=7", "hour=8"))));

        assertThat(lines.subList(1, lines.size()))
                .containsExactly("Without data, so neither registered nor outstanding (2):", "  hour=7", "  hour=8");
    }

    @Test
    void nothingNew() {
        List<String> lines =
                fixture.succeeding(Map.of("table", "analytics.flights", "next", "NOTHING_NEW", "found", 24));

        assertThat(fixture.result().exitCode().code()).isZero();
        assertThat(lines).containsExactly("Nothing new: analytics.flights is up to date, 24 partitions found.");
    }

    /** The execution has listed no prefix, so that location and layout may be correct. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"redriveOf\": \"flights-0\"}|Nothing to redrive: what that execution left outstanding was registered or"
                        + " waived since.",
                "{\"waive\": []}|Nothing to change: the partitions are waived, or no longer waived, as this execution asked.",
                "{\"unwaive\": []}|Nothing to change: the partitions are waived, or no longer waived, as this execution"
                        + " asked.",
            })
    void executionThatLooksAtNoPrefixDoesNotDoubtTheSpec(String input, String line) {
        List<String> lines = fixture.lines(moment(
                FakeStepFunctions.succeeded(
                                NAME, Map.of("table", "analytics.flights", "next", "NOTHING_NEW", "found", 0))
                        .toBuilder()
                        .input(input)
                        .build()));

        assertThat(lines).containsExactly(line);
    }

    @Test
    void tableOfWhichNothingFitsIsNotUpToDate() {
        List<String> lines = fixture.succeeding(Map.of(
                "table",
                "analytics.flights",
                "next",
                "NOTHING_NEW",
                "found",
                0,
                "unfit",
                Map.of("names", 2, "example", "flights/26/", "why", "'26' is no year", "none", true),
                "skipped",
                2,
                "skippedSample",
                List.of(Map.of("prefix", "flights/26/", "reason", "BAD_VALUE", "detail", "'26' is no year"))));

        assertThat(fixture.result().exitCode().code()).isZero();
        assertThat(lines)
                .containsExactly(
                        "Nothing of analytics.flights can be read: none of the 2 names that were listed fits the layout,"
                                + " such as flights/26/ ('26' is no year).",
                        "Skipped 2 names that are not partitions:",
                        "  flights/26/ ('26' is no year)",
                        "  and 1 more",
                        "Data under such names is not in the table: rename what does not fit, or correct the"
                                + " spec's layout and partitionKeys");
    }

    @Test
    void whatTheRunHasDoneIsNotSaidToBeAhead() {
        assertThat(completeAfterSeeing(1, Map.of("deregistered", 1)))
                .contains(
                        "Deregistered, since their data is gone (1):", "  dt=2013-02-07", "Columns added to the table:")
                .noneMatch(line -> line.startsWith("Registered, and") || line.contains("to be added"));
    }

    @Test
    void partitionsThatStayRegisteredWithoutDataAreCounted() {
        assertThat(completeAfterSeeing(3, Map.of("deregistered", 2, "vanished", 1)))
                .contains("Their data is gone (3), 2 deregistered, 1 still registered:", "  dt=2013-02-07");
        assertThat(completeAfterSeeing(3, Map.of("vanished", 3))).contains("Registered, and their data is gone (3):");
    }

    private List<String> completeAfterSeeing(int gone, Map<String, Integer> counts) {
        Map<String, Object> output = new HashMap<>(
                Map.of("table", "analytics.flights", "status", "COMPLETE", "registered", 1, "outstanding", 0));
        output.putAll(counts);
        Map<String, Object> detection = Map.of(
                "next",
                "PROCESS",
                "vanished",
                gone,
                "vanishedSample",
                List.of("dt=2013-02-07"),
                "newColumns",
                List.of("gate string"));
        Moment moment = moment(FakeStepFunctions.succeeded(NAME, output));
        return fixture.lines(new Moment(
                moment.execution(),
                ExecutionHistory.of(List.of(FakeStepFunctions.exited(1, detection))),
                Optional.empty()));
    }

    @Test
    void waitingSetAsideAndMissingAreShownWhenNothingIsNew() {
        List<String> lines = fixture.succeeding(Map.of(
                "table",
                "analytics.flights",
                "next",
                "NOTHING_NEW",
                "found",
                24,
                "waiting",
                1,
                "waitingSample",
                List.of("hour=13: has no _SUCCESS"),
                "setAside",
                7,
                "setAsideSample",
                IntStream.range(0, 7)
                        .mapToObj(hour -> "hour=" + hour + ": failed 5 times")
                        .toList(),
                "missing",
                2,
                "missingSample",
                List.of("2013-02-07T03:00 to 2013-02-07T04:00")));

        assertThat(lines)
                .startsWith(
                        "Nothing is ready in analytics.flights: 24 partitions found, 1 of them not ready.",
                        "Not ready yet (1):",
                        "  hour=13: has no _SUCCESS")
                .contains("Set aside, no longer tried unless named (7):", "  and more")
                .endsWith("  2013-02-07T03:00 to 2013-02-07T04:00");
    }

    @Test
    void dryRun() {
        List<String> lines =
                fixture.succeeding(Map.of("table", "analytics.flights", "next", "PLANNED", "partitions", 3));

        assertThat(fixture.result().exitCode().code()).isZero();
        assertThat(lines).containsExactly("Planned: 3 partitions of analytics.flights.");
    }

    @Test
    void runThatFoundItsTableBusyNamesWhoWorksOnIt() {
        String holder = FakeStepFunctions.arn("flights-0");

        List<String> lines =
                fixture.succeeding(Map.of("table", "analytics.flights", "next", "BUSY", "holder", holder, "found", 0));

        assertThat(fixture.result().exitCode().code()).isEqualTo(3);
        assertThat(lines.getFirst()).startsWith("analytics.flights is busy: ").contains("this one has done nothing");
        assertThat(lines.get(1)).isEqualTo("  " + holder);
    }

    @ParameterizedTest
    @EnumSource(names = {"TABLE_BUSY", "REDRIVEN_WHILE_BUSY"})
    void redriveThatFoundItsTableBusyHasFailedNothing(ExecutionError busy) {
        List<String> lines = fixture.failing(
                busy.className(), Map.of("errorMessage", "Table analytics.flights is busy: redrive it"));

        assertThat(fixture.result().exitCode().code()).isEqualTo(3);
        assertThat(lines).containsExactly("Table analytics.flights is busy: redrive it");
    }

    @Test
    void refusedSpecShowsTheMessageWithoutTheStackTrace() {
        List<String> lines = fixture.failing(
                "io.fanin.model.spec.SpecException",
                Map.of("errorMessage", "$.tabel: unknown field", "stackTrace", List.of("at x")));

        assertThat(fixture.result().exitCode().code()).isEqualTo(2);
        assertThat(lines)
                .containsExactly(
                        "Execution flights-1 failed: $.tabel: unknown field",
                        "What to do: " + ExecutionError.SPEC_REFUSED.advice());
    }

    @Test
    void stoppedExecution() {
        List<String> lines = fixture.lines(
                moment(FakeStepFunctions.described(NAME, "ABORTED").build()));

        assertThat(lines)
                .containsExactly(
                        "Execution flights-1 was stopped: whoever stopped it gave no reason; the next run does what is left");
    }

    @Test
    void outputThatThisVersionDoesNotKnowIsRefusedByName() {
        assertThatThrownBy(() -> fixture.succeeding(Map.of("table", "analytics.flights", "next", "ANOTHER")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("the output of execution flights-1 cannot be read");
    }

    @Test
    void causesThatAreNoJsonAreShownAsTheyAre() {
        assertThat(failure(ended -> ended.error("States.Timeout").cause("too late")))
                .isEqualTo("States.Timeout: too late");
        assertThat(failure(ended -> ended.error("States.Timeout"))).isEqualTo("States.Timeout");
        assertThat(failure(ended -> ended.error("x").cause("{\"errorType\": \"java.lang.Error\"}")))
                .isEqualTo("java.lang.Error");
        assertThat(failure(ended -> ended.error("x").cause("[1]"))).isEqualTo("x: [1]");
    }

    private static String failure(UnaryOperator<DescribeExecutionResponse.Builder> how) {
        return ExecutionDetails.of(
                        how.apply(DescribeExecutionResponse.builder()).build())
                .failure();
    }
}
