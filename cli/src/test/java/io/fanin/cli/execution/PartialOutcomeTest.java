package io.fanin.cli.execution;

import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.execution.OutcomeFixture.NAME;
import static io.fanin.cli.execution.OutcomeFixture.QUARANTINE;
import static io.fanin.cli.execution.OutcomeFixture.moment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.EndedRun;
import io.fanin.cli.FakeStepFunctions;
import io.fanin.model.failure.FailureAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The outcome of an execution with outstanding partitions. */
class PartialOutcomeTest {

    private final OutcomeFixture fixture = new OutcomeFixture();

    @Test
    void tableWithPartitionsSetAsideIsPartialWhenNothingIsNew() {
        List<String> lines = fixture.succeeding(Map.of(
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

        assertThat(fixture.result().exitCode().code()).isEqualTo(1);
        assertThat(lines.getFirst()).startsWith("analytics.flights is PARTIAL: nothing new");
        assertThat(lines)
                .contains("  dt=2013-02-08/hour=17: failed 5 times, at last with Truncated")
                .noneMatch(line -> line.contains("up to date"));
        assertThat(lines.getLast()).contains("status analytics.flights");
    }

    @Test
    void partialRunThatWasAllowedToSucceedIsPartial() {
        List<String> lines = fixture.succeeding(Map.of(
                "table", "analytics.flights",
                "status", "PARTIAL",
                "registered", 23,
                "outstanding", 1,
                "report", "s3://state/x"));

        assertThat(fixture.result().exitCode().code()).isEqualTo(1);
        assertThat(lines).contains("  dt=2013-02-08/hour=17");
    }

    @Test
    void partitionsSetAsideAreTriedByARunThatNamesThem() {
        fixture.report(NAME, report -> {
            List<Map<String, Object>> failures = new ArrayList<>(List.of(EndedRun.failure("0")));
            for (int hour = 1; hour <= 11; hour++) {
                failures.add(EndedRun.failure(String.valueOf(hour), Map.of("setAside", true)));
            }
            report.put("failures", failures);
            return report;
        });

        List<String> lines =
                fixture.succeeding(Map.of("table", "analytics.flights", "status", "PARTIAL", "report", "s3://state/x"));

        assertThat(lines)
                .anyMatch(
                        line -> line.matches("Next for what is set aside, once its data is mended: \\S*fanin run SPEC,"
                                + " with \"detection\": \\{\"mode\":\"partitions\",\"partitions\":\\[\"dt=2013-02-08/hour=1\",.*"
                                + "hour=10\"]} in the spec"))
                .anyMatch(line ->
                        line.matches("  and 1 more: \\S*fanin status --output json analytics.flights names all"));
        assertThat(lines.getLast()).startsWith("Next, once the cause is fixed: ");
    }

    @Test
    void heldRunNamesTheFailedPartitionsAndTheNextCommand() {
        List<String> lines = fixture.failing(HELD, Map.of("errorMessage", "is partial"));

        assertThat(fixture.result().exitCode().code()).isEqualTo(1);
        assertThat(lines.getFirst()).isEqualTo("analytics.flights is PARTIAL: 23 registered, 1 outstanding.");
        assertThat(lines).contains("    Truncated: ended early");
        assertThat(lines.getLast()).endsWith("redrive flights-1");
    }

    @Test
    void runWhosePartitionsAllFailAlikeLeadsWithTheSpec() {
        fixture.report(NAME, report -> {
            report.put("registered", 0);
            report.put(
                    "failures",
                    List.of(
                            EndedRun.failure("17", Map.of("error", "BadRecord")),
                            EndedRun.failure("18", Map.of("error", "BadRecord"))));
            return report;
        });

        List<String> lines = fixture.failing(HELD, Map.of("errorMessage", "is partial"));

        assertThat(lines).contains(FailureAdvice.PROBABLY_SPEC);
        assertThat(lines.get(lines.size() - 2))
                .startsWith("Next, with a corrected spec: ")
                .endsWith("run SPEC");
        assertThat(lines.getLast()).endsWith("redrive flights-1");
    }

    @Test
    void runThatOnlyTriesAgainWhatFailedBeforeDoesNotBlameTheSpec() {
        fixture.report(NAME, report -> {
            report.put("registered", 0);
            report.put(
                    "failures",
                    List.of(
                            EndedRun.failure("17", Map.of("error", "BadRecord", "attempts", 2)),
                            EndedRun.failure("18", Map.of("error", "BadRecord", "attempts", 2))));
            return report;
        });

        assertThat(fixture.failing(HELD, Map.of("errorMessage", "is partial")))
                .doesNotContain(FailureAdvice.PROBABLY_SPEC);
    }

    @Test
    void heldRunWithAnyNameFindsItsReport() {
        fixture.report("a~28b~29", report -> report);
        DescribeExecutionResponse execution = failed("a(b)", HELD, Map.of("errorMessage", "is partial"));
        Moment moment = new Moment(
                ExecutionDetails.of(execution),
                ExecutionHistory.of(List.of(FakeStepFunctions.exited(1, Map.of("next", "PROCESS", "run", "a~28b~29")))),
                Optional.empty());

        List<String> lines = fixture.lines(moment);

        assertThat(lines.getFirst()).isEqualTo("analytics.flights is PARTIAL: 23 registered, 1 outstanding.");
        assertThat(lines.getLast()).endsWith("redrive 'a(b)'");
    }

    @Test
    void partialRunsSayWhatTheyHaveLeftOut() {
        fixture.report(NAME, report -> {
            report.putAll(Map.of("badRecords", 3, "quarantine", QUARANTINE));
            return report;
        });

        assertThat(fixture.failing(HELD, Map.of("errorMessage", "is partial")))
                .contains("3 raw records were left out as bad: " + QUARANTINE);
        assertThat(fixture.succeeding(Map.of("status", "PARTIAL", "report", "s3://state/x")))
                .contains("3 raw records were left out as bad: " + QUARANTINE);
        assertThat(fixture.result().exitCode().code()).isEqualTo(1);
    }

    @Test
    void heldRunWhoseReportHasExpiredSaysWhatTheExecutionSays() {
        List<String> lines =
                fixture.lines(moment(failed("flights-0", HELD, Map.of("errorMessage", "Table x is partial"))));

        assertThat(lines.getFirst()).isEqualTo("Table x is partial");
    }
}
