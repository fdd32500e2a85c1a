package io.fanin.cli.execution;

import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.FakeStepFunctions;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.json.Json;
import io.fanin.core.run.RunId;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** What the commands say of an execution that is over. */
class OutcomeTest {

    private static final String NAME = "flights-1";
    private static final String PARTIAL = "io.fanin.tablecreator.TablePartialException";
    private static final String QUARANTINE = "s3://state/runs/flights-1/quarantine/";
    private static final Map<String, Object> FAILURE = Map.of(
            "partition", "dt=2013-02-08/hour=17",
            "values", List.of("2013-02-08", "17"),
            "prefix", "flights/dt=2013-02-08/hour=17/",
            "error", "Truncated",
            "message", "ended early",
            "attempts", 1);
    private static final Map<String, Object> REPORT = Map.of(
            "version",
            1,
            "run",
            NAME,
            "pass",
            0,
            "table",
            "analytics.flights",
            "location",
            "s3://lake/flights/",
            "status",
            "PARTIAL",
            "registered",
            23,
            "failed",
            1,
            "outstanding",
            1,
            "failures",
            List.of(FAILURE));

    private final FakeAws aws = new FakeAws();
    private Result result;

    @BeforeEach
    void aReport() {
        aws.s3().createBucket("state");
        report(NAME, report -> report);
    }

    @Test
    void completeRun() {
        List<String> lines = succeeding(
                Map.of("table", "analytics.flights", "status", "COMPLETE", "registered", 24, "outstanding", 0));

        assertThat(result).isEqualTo(Result.COMPLETE);
        assertThat(result.exitCode().code()).isZero();
        assertThat(lines).containsExactly("analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
    }

    @Test
    void completeRunSaysWhatItHasLeftOutAndWhereThatLies() {
        List<String> lines = succeeding(Map.of(
                "table",
                "analytics.flights",
                "status",
                "COMPLETE",
                "registered",
                24,
                "outstanding",
                0,
                "badRecords",
                3,
                "quarantine",
                QUARANTINE));

        assertThat(result).isEqualTo(Result.COMPLETE);
        assertThat(lines.subList(1, lines.size())).containsExactly("3 raw records were left out as bad: " + QUARANTINE);
    }

    @Test
    void runThatKeepsNoBadRecordsCountsThem() {
        List<String> lines = succeeding(Map.of(
                "table",
                "analytics.flights",
                "status",
                "COMPLETE",
                "registered",
                24,
                "outstanding",
                0,
                "badRecords",
                1));

        assertThat(lines.subList(1, lines.size())).containsExactly("1 raw record was left out as bad.");
    }

    @Test
    void nothingNew() {
        List<String> lines = succeeding(Map.of("table", "analytics.flights", "next", "NOTHING_NEW", "found", 24));

        assertThat(result.exitCode().code()).isZero();
        assertThat(lines).containsExactly("Nothing new: analytics.flights is up to date, 24 partitions found.");
    }

    @Test
    void whatWaitsIsSetAsideOrMissingIsToldWhenNothingIsNew() {
        List<String> lines = succeeding(Map.of(
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
    void tableWithPartitionsSetAsideIsPartialWhenNothingIsNew() {
        List<String> lines = succeeding(Map.of(
                "table",
                "analytics.flights",
                "next",
                "PARTIAL",
                "found",
                24,
                "setAside",
                1,
                "setAsideSample",
                List.of("dt=2013-02-08/hour=17: failed 5 times, at last with Truncated")));

        assertThat(result.exitCode().code()).isEqualTo(1);
        assertThat(lines.getFirst()).startsWith("analytics.flights is PARTIAL: nothing new");
        assertThat(lines)
                .contains("  dt=2013-02-08/hour=17: failed 5 times, at last with Truncated")
                .noneMatch(line -> line.contains("up to date"));
        assertThat(lines.getLast()).contains("status analytics.flights");
    }

    @Test
    void dryRun() {
        List<String> lines = succeeding(Map.of("table", "analytics.flights", "next", "PLANNED", "partitions", 3));

        assertThat(result.exitCode().code()).isZero();
        assertThat(lines).containsExactly("Planned: 3 partitions of analytics.flights.");
    }

    @Test
    void runThatFoundItsTableBusyNamesWhoWorksOnIt() {
        String holder = FakeStepFunctions.arn("flights-0");

        List<String> lines =
                succeeding(Map.of("table", "analytics.flights", "next", "BUSY", "holder", holder, "found", 0));

        assertThat(result.exitCode().code()).isEqualTo(3);
        assertThat(lines.getFirst()).startsWith("analytics.flights is busy: ").contains("this one has done nothing");
        assertThat(lines.get(1)).isEqualTo("  " + holder);
    }

    @Test
    void redriveThatFoundItsTableBusyHasFailedNothing() {
        List<String> lines = failing(
                "io.fanin.tablecreator.TableBusyException",
                Map.of("errorMessage", "Table analytics.flights is busy: redrive it"));

        assertThat(result.exitCode().code()).isEqualTo(3);
        assertThat(lines).containsExactly("Table analytics.flights is busy: redrive it");
    }

    @Test
    void partialRunThatWasAllowedToSucceedIsPartial() {
        List<String> lines = succeeding(Map.of(
                "table", "analytics.flights",
                "status", "PARTIAL",
                "registered", 23,
                "outstanding", 1,
                "report", "s3://state/x"));

        assertThat(result.exitCode().code()).isEqualTo(1);
        assertThat(lines).contains("  dt=2013-02-08/hour=17");
    }

    @Test
    void heldRunNamesTheFailedPartitionsAndTheNextCommand() {
        List<String> lines = failing(PARTIAL, Map.of("errorMessage", "is partial"));

        assertThat(result.exitCode().code()).isEqualTo(1);
        assertThat(lines.getFirst()).isEqualTo("analytics.flights is PARTIAL: 23 registered, 1 outstanding.");
        assertThat(lines).contains("    Truncated: ended early");
        assertThat(lines.getLast()).endsWith("redrive flights-1");
    }

    @Test
    void heldRunWithAnyNameFindsItsReport() {
        report("a~28b~29", report -> report);
        DescribeExecutionResponse execution = failed("a(b)", PARTIAL, Map.of("errorMessage", "is partial"));
        Moment moment = new Moment(
                ExecutionDetails.of(execution),
                ExecutionHistory.of(List.of(FakeStepFunctions.exited(1, Map.of("next", "PROCESS", "run", "a~28b~29")))),
                Optional.empty());

        List<String> lines = lines(moment);

        assertThat(lines.getFirst()).isEqualTo("analytics.flights is PARTIAL: 23 registered, 1 outstanding.");
        assertThat(lines.getLast()).endsWith("redrive 'a(b)'");
    }

    @Test
    void partialRunsSayWhatTheyHaveLeftOut() {
        report(NAME, report -> {
            report.putAll(Map.of("badRecords", 3, "quarantine", QUARANTINE));
            return report;
        });

        assertThat(failing(PARTIAL, Map.of("errorMessage", "is partial")))
                .contains("3 raw records were left out as bad: " + QUARANTINE);
        assertThat(succeeding(Map.of("status", "PARTIAL", "report", "s3://state/x")))
                .contains("3 raw records were left out as bad: " + QUARANTINE);
        assertThat(result.exitCode().code()).isEqualTo(1);
    }

    @Test
    void heldRunWhoseReportHasExpiredSaysWhatTheExecutionSays() {
        List<String> lines = lines(moment(failed("flights-0", PARTIAL, Map.of("errorMessage", "Table x is partial"))));

        assertThat(lines.getFirst()).isEqualTo("Table x is partial");
    }

    @Test
    void refusedSpecShowsTheMessageWithoutTheStackTrace() {
        List<String> lines = failing(
                "io.fanin.core.spec.SpecException",
                Map.of("errorMessage", "$.tabel: unknown field", "stackTrace", List.of("at x")));

        assertThat(result.exitCode().code()).isEqualTo(2);
        assertThat(lines).containsExactly("Execution flights-1 failed: $.tabel: unknown field");
    }

    @Test
    void stoppedExecution() {
        List<String> lines =
                lines(moment(FakeStepFunctions.described(NAME, "ABORTED").build()));

        assertThat(lines).containsExactly("Execution flights-1 was stopped: no reason is given");
    }

    @Test
    void causesThatAreNoJsonAreShownAsTheyAre() {
        assertThat(Outcomes.failure(Optional.of("States.Timeout"), Optional.of("too late")))
                .isEqualTo("States.Timeout: too late");
        assertThat(Outcomes.failure(Optional.of("States.Timeout"), Optional.empty()))
                .isEqualTo("States.Timeout");
        assertThat(Outcomes.failure(Optional.of("x"), Optional.of("{\"errorType\": \"java.lang.Error\"}")))
                .isEqualTo("java.lang.Error");
        assertThat(Outcomes.failure(Optional.of("x"), Optional.of("[1]"))).isEqualTo("x: [1]");
    }

    @Test
    void onlyTheFirstFailuresAreListed() {
        List<String> lines = FailedPartition.lines(IntStream.range(0, 12)
                .mapToObj(n -> new FailedPartition("hour=" + n, "x/", "Truncated", "ended after " + n, 1, false))
                .toList());

        assertThat(lines).hasSize(21).endsWith("  and 2 more");
    }

    @Test
    void partitionsThatFailedForOneReasonAreListedWithItOnce() {
        FailedPartition other =
                new FailedPartition("dt=2013-02-08/hour=17", "x/", "Truncated", "ended early", 1, false);
        List<FailedPartition> all = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(hour -> new FailedPartition("hour=" + hour, "x/", "SqlError", "x", 1, false))
                .toList());
        all.add(1, other);

        assertThat(FailedPartition.lines(all))
                .containsExactly(
                        "  hour=0",
                        "  hour=1",
                        "  hour=2",
                        "  and 2 more",
                        "    SqlError: x",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early");
    }

    @Test
    void attemptsAreToldFromTheSecondOn() {
        assertThat(FailedPartition.lines(List.of(new FailedPartition("a", "a/", "x", "y", 3, false))))
                .startsWith("  a (tried 3 times)");
        assertThat(FailedPartition.lines(List.of(new FailedPartition("a", "a/", "x", "y", 5, true))))
                .startsWith("  a (tried 5 times, set aside)");
    }

    @Test
    void namesCannotCommandTheTerminal() {
        assertThat(DetectionText.lines(Json.documents()
                        .valueToTree(Map.of(
                                "skipped",
                                1,
                                "skippedSample",
                                List.of(Map.of("prefix", "flights/\u001b[2J/", "reason", "HIDDEN", "detail", ""))))))
                .endsWith("  flights/?[2J/ (HIDDEN)");
    }

    @Test
    void skippedNamesAreCountedBeyondTheSample() {
        List<String> lines = DetectionText.lines(Json.documents()
                .valueToTree(Map.of(
                        "skipped",
                        40,
                        "skippedSample",
                        IntStream.range(0, 10)
                                .mapToObj(n -> Map.of(
                                        "prefix", "flights/" + n + "/", "reason", "HIDDEN", "detail", "begins with _"))
                                .toList())));

        assertThat(lines).startsWith("Skipped 40 names that are no partition:").endsWith("  and 35 more");
    }

    @Test
    void nothingSkippedIsNotMentioned() {
        assertThat(DetectionText.lines(ExecutionHistory.NONE.detection())).isEmpty();
        assertThat(DetectionText.lines(Json.documents().valueToTree(Map.of("skipped", 0))))
                .isEmpty();
    }

    private List<String> succeeding(Map<String, Object> output) {
        return lines(moment(succeeded(NAME, output)));
    }

    private List<String> failing(String error, Map<String, Object> cause) {
        return lines(moment(failed(NAME, error, cause)));
    }

    private static Moment moment(DescribeExecutionResponse execution) {
        return new Moment(ExecutionDetails.of(execution), ExecutionHistory.NONE, Optional.empty());
    }

    private List<String> lines(Moment moment) {
        S3ObjectStore store = new S3ObjectStore(aws.s3().client(), "state");
        Outcome outcome = new Outcomes((RunId run) -> new RunFolder(store, run)).of(moment);
        result = outcome.result();
        return new OutcomeText(new Hints("fanin", "", List.of())).lines(outcome);
    }

    private void report(String run, UnaryOperator<Map<String, Object>> change) {
        aws.s3().put("state", "runs/" + run + "/report.json", Json.text(change.apply(new HashMap<>(REPORT))));
    }
}
