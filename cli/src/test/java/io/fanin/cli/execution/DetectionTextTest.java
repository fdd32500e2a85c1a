package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The description of partitions that a detection has left out. */
class DetectionTextTest {

    @Test
    void namesCannotCommandTheTerminal() {
        assertThat(DetectionText.lines(detection(Map.of(
                        "skipped",
                        1,
                        "skippedSample",
                        List.of(Map.of("prefix", "flights/\u001b[2J/", "reason", "HIDDEN", "detail", ""))))))
                .endsWith("  flights/?[2J/ (HIDDEN)");
    }

    @Test
    void skippedNamesAreCountedBeyondTheSample() {
        List<String> lines = DetectionText.lines(detection(Map.of(
                "skipped",
                40,
                "skippedSample",
                IntStream.range(0, 10)
                        .mapToObj(n ->
                                Map.of("prefix", "flights/" + n + "/", "reason", "HIDDEN", "detail", "begins with _"))
                        .toList())));

        assertThat(lines)
                .startsWith("Skipped 40 names that are not partitions:")
                .endsWith("  and 35 more");
    }

    @Test
    void nothingSkippedIsNotMentioned() {
        assertThat(DetectionText.lines(ExecutionHistory.NONE.work().detection()))
                .isEmpty();
        assertThat(DetectionText.lines(detection(Map.of("skipped", 0)))).isEmpty();
    }

    private static DetectionSummary detection(Map<String, Object> fields) {
        Map<String, Object> output = new HashMap<>(fields);
        output.put("next", "PROCESS");
        return ((DetectorAnswer) StepAnswer.find(Json.text(output)).orElseThrow()).detection();
    }
}
