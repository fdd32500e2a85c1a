package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.FakeStepFunctions;
import io.fanin.cli.execution.Moment.MapProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The progress of an execution while it runs. */
class ProgressLinesTest {

    private long now = 100;

    @Test
    void mapThatHasNotComeFurtherIsNotToldAgain() {
        assertThat(shown(false, ProgressLines.BETWEEN_LINES.toNanos(), 0, 4, 4, 6, 6)
                        .lines())
                .containsExactly("    4 of 24", "    6 of 24");
    }

    @Test
    void mapIsToldEveryFewSeconds() {
        assertThat(shown(false, ProgressLines.BETWEEN_LINES.toNanos() / 4, 1, 2, 3, 4, 5)
                        .lines())
                .hasSizeLessThan(5);
    }

    @Test
    void terminalShowsTheMapInOneLine() {
        assertThat(shown(true, 1, 1, 2)).isEqualTo("\r\u001b[K    1 of 24\r\u001b[K    2 of 24");
    }

    @Test
    void mapThatIsLeftHasCountedToTheEnd() {
        ExecutionHistory.Step map = new ExecutionHistory.Step(1, "Process partitions", true);
        ExecutionHistory.Step next = new ExecutionHistory.Step(2, "Create table", false);
        StringWriter out = new StringWriter();
        ProgressLines lines = new ProgressLines(new PrintWriter(out), false, () -> now++);
        lines.accept(moment(Optional.of(new MapProgress(9, 24)), map));
        lines.accept(moment(Optional.of(new MapProgress(15, 24)), map));

        lines.accept(moment(Optional.empty(), map, next));
        lines.accept(moment(Optional.empty(), map, next));

        assertThat(out.toString().lines())
                .containsExactly("  Process partitions", "    9 of 24", "    24 of 24", "  Create table");
    }

    private static Moment moment(Optional<MapProgress> items, ExecutionHistory.Step... steps) {
        return new Moment(
                ExecutionDetails.of(FakeStepFunctions.running("flights-1")),
                new ExecutionHistory(List.of(steps), ExecutionWork.NONE),
                items);
    }

    private String shown(boolean isTerminal, long step, int... done) {
        StringWriter out = new StringWriter();
        ProgressLines lines = new ProgressLines(new PrintWriter(out), isTerminal, () -> now += step);
        IntStream.of(done)
                .mapToObj(number -> new Moment(
                        ExecutionDetails.of(FakeStepFunctions.running("flights-1")),
                        ExecutionHistory.NONE,
                        Optional.of(new MapProgress(number, 24))))
                .forEach(lines);
        return out.toString();
    }
}
