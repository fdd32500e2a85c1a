package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.DetectionSummary;
import io.fanin.core.run.detection.UnfitNames;
import io.fanin.core.text.Counted;
import io.fanin.core.text.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Describes the rest of a detection for people: partitions that wait, are set aside, missing or skipped. */
public final class DetectionText {

    private static final int SHOWN = 5;

    private static final List<Map.Entry<String, String>> REMARKS = List.of(
            Map.entry("waiting", "Not ready yet"),
            Map.entry("setAside", "Set aside, no longer tried unless named"),
            Map.entry("missing", "Periods without any prefix"));

    private static final String GONE = "Registered, and their data is gone (%d)";

    private DetectionText() {}

    /** Of a whole report. */
    public static List<String> lines(DetectionReport report) {
        return lines(Json.documents().valueToTree(DetectionSummary.of(report.counts())));
    }

    /** Of the summary that is part of a state's output, where the run has changed nothing. */
    public static List<String> lines(JsonNode detection) {
        return lines(detection, GONE, "Columns to be added to the table:");
    }

    /**
     * The same after the run has acted on it.
     *
     * @param counts of the run's report or last output
     */
    static List<String> linesAfter(JsonNode detection, JsonNode counts) {
        long deregistered = counts.path("deregistered").asLong();
        long left = counts.path("vanished").asLong();
        String gone = GONE;
        if (deregistered > 0) {
            gone = left == 0
                    ? "Deregistered, since their data is gone (%d)"
                    : "Their data is gone (%d), " + deregistered + " deregistered, " + left + " still registered";
        }
        return lines(detection, gone, "Columns added to the table:");
    }

    private static List<String> lines(JsonNode detection, String gone, String columns) {
        List<String> lines = new ArrayList<>();
        REMARKS.forEach(remark -> addRemark(detection, remark.getKey(), remark.getValue() + " (%d)", lines));
        addRemark(detection, "vanished", gone, lines);
        detection.path("vanishedKept").asText("").lines().map(LogSafe::of).forEach(lines::add);
        if (!detection.path("newColumns").isEmpty()) {
            lines.add(columns);
            stream(detection.path("newColumns"))
                    .map(one -> "  " + LogSafe.of(one.asText()))
                    .forEach(lines::add);
        }
        addSkipped(detection, lines);
        UnfitNames.in(detection)
                .ifPresent(unfit ->
                        lines.add("Data under names that do not fit is not in the table: " + UnfitNames.ADVICE));
        return lines;
    }

    private static void addRemark(JsonNode detection, String name, String title, List<String> lines) {
        long count = detection.path(name).asLong();
        JsonNode sample = detection.path(name + "Sample");
        if (count > 0) {
            lines.add(title.formatted(count) + ":");
            stream(sample)
                    .limit(SHOWN)
                    .map(one -> "  " + LogSafe.of(one.asText()))
                    .forEach(lines::add);
            if (sample.size() > SHOWN || (!name.equals("missing") && count > sample.size())) {
                lines.add("  and more");
            }
        }
    }

    private static void addSkipped(JsonNode detection, List<String> lines) {
        long count = detection.path("skipped").asLong();
        if (count == 0) {
            return;
        }
        lines.add("Skipped " + Counted.of(count, "name that is", "names that are") + " no partition:");
        List<String> shown = stream(detection.path("skippedSample"))
                .limit(SHOWN)
                .map(skip -> "  " + LogSafe.of(skip.path("prefix").asText() + " (" + why(skip) + ")"))
                .toList();
        lines.addAll(shown);
        FailedPartition.more(count - shown.size(), lines);
    }

    private static String why(JsonNode skip) {
        String detail = skip.path("detail").asText();
        return detail.isEmpty() ? skip.path("reason").asText() : detail;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
