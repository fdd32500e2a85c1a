package io.fanin.cli.execution;

import io.fanin.core.answer.SkippedPartitions;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes, for people, the partitions of a detection that are not processed: those that wait, are set aside, missing
 * or skipped.
 */
final class DetectionText {

    private static final int SHOWN = 5;

    private static final String GONE = "Registered, and their data is gone";

    private DetectionText() {}

    /** For a run that has changed nothing. */
    static List<String> lines(DetectionSummary detection) {
        return lines(detection, GONE + counted(detection.vanished()), "Columns to be added to the table:");
    }

    /**
     * For a run that has acted on the detection.
     *
     * @param gone from the run's report or last output
     */
    static List<String> linesAfter(DetectionSummary detection, RunCounts.Gone gone) {
        return lines(detection, goneAfter(detection.vanished(), gone), "Columns added to the table:");
    }

    /** For partitions that a pass has found without data. */
    static List<String> skipped(SkippedPartitions skipped) {
        List<String> lines = new ArrayList<>();
        addPartitions("Without data, so neither registered nor outstanding", skipped.count(), skipped.sample(), lines);
        return lines;
    }

    private static String goneAfter(long vanished, RunCounts.Gone gone) {
        long deregistered = gone.deregistered().orElse(0);
        if (deregistered == 0) {
            return GONE + counted(vanished);
        }
        long left = gone.vanished().orElse(0);
        return left == 0
                ? "Deregistered, since their data is gone" + counted(vanished)
                : "Their data is gone" + counted(vanished) + ", " + deregistered + " deregistered, " + left
                        + " still registered";
    }

    private static List<String> lines(DetectionSummary detection, String gone, String columns) {
        List<String> lines = new ArrayList<>();
        addPartitions("Not ready yet", detection.waiting(), detection.waitingSample(), lines);
        addPartitions(
                "Set aside, no longer tried unless named", detection.setAside(), detection.setAsideSample(), lines);
        if (detection.missing() > 0) {
            addSample("Periods without any prefix" + counted(detection.missing()), detection.missingSample(), lines);
            addMore(detection.missingSample().size() > SHOWN, lines);
        }
        addNamed(gone, detection.vanished(), detection.vanishedSample(), lines);
        detection.vanishedKept().stream()
                .flatMap(String::lines)
                .map(LogSafe::of)
                .forEach(lines::add);
        if (!detection.newColumns().isEmpty()) {
            lines.add(columns);
            detection.newColumns().forEach(column -> lines.add(indented(column)));
        }
        addSkipped(detection, lines);
        detection.unfit().ifPresent(unfit -> lines.add("Data under such names is not in the table: " + unfit.advice()));
        return lines;
    }

    private static void addPartitions(String title, long count, List<String> sample, List<String> lines) {
        addNamed(title + counted(count), count, sample, lines);
    }

    private static void addNamed(String title, long count, List<String> sample, List<String> lines) {
        if (count > 0) {
            addSample(title, sample, lines);
            addMore(count > Math.min(SHOWN, sample.size()), lines);
        }
    }

    private static void addSample(String title, List<String> sample, List<String> lines) {
        lines.add(title + ":");
        sample.stream().limit(SHOWN).map(DetectionText::indented).forEach(lines::add);
    }

    private static void addMore(boolean isMore, List<String> lines) {
        if (isMore) {
            lines.add("  and more");
        }
    }

    private static void addSkipped(DetectionSummary detection, List<String> lines) {
        long count = detection.skipped();
        if (count == 0) {
            return;
        }
        lines.add(
                "Skipped " + Counted.of(count, "name that is not a partition", "names that are not partitions") + ":");
        List<String> shown = detection.skippedSample().stream()
                .limit(SHOWN)
                .map(skip -> indented(skip.prefix() + " (" + skip.why() + ")"))
                .toList();
        lines.addAll(shown);
        AlikeFailures.addMore(count - shown.size(), lines);
    }

    private static String indented(String text) {
        return "  " + LogSafe.of(text);
    }

    private static String counted(long count) {
        return " (" + count + ")";
    }
}
