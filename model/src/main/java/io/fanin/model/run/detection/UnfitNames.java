package io.fanin.model.run.detection;

import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.Optional;

/**
 * Names below a table's location that do not fit its layout, as of the last detection that listed the table. Their data
 * is not read until they are renamed or the spec is corrected.
 *
 * @param names their number
 * @param example the raw prefix or key of one, shortened
 * @param why the reason for the example, shortened
 * @param none whether none of the listed names fits
 */
public record UnfitNames(long names, String example, String why, boolean none) {

    /** Advice for users. */
    public static final String ADVICE = "rename what does not fit, or correct the spec's layout and partitionKeys";

    /** Shortens keys, which have up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    /** The unfit names of a detection; empty if all listed names fit, except those that query engines ignore. */
    public static Optional<UnfitNames> of(DetectionCounts counts) {
        long names = counts.skips().reasons().entrySet().stream()
                .filter(skipped -> skipped.getKey().isUnfit())
                .mapToLong(skipped -> skipped.getValue())
                .sum();
        return counts.skips().sample().stream()
                .filter(skip -> skip.reason().isUnfit())
                .findFirst()
                .map(first -> new UnfitNames(
                        names,
                        LogSafe.beginning(first.prefix(), MAX_TEXT),
                        LogSafe.beginning(first.why(), MAX_TEXT),
                        counts.found() == 0));
    }

    /** The same names of a table of which none fits, or of another. */
    public UnfitNames ofTable(boolean whereNoneFits) {
        return new UnfitNames(names, example, why, whereNoneFits);
    }

    /** The text for users, followed by advice. */
    public String textWithAdvice() {
        return text() + ": " + ADVICE;
    }

    /** The text for users, without a full stop. */
    public String text() {
        return LogSafe.of(count() + " the layout, such as " + example + " (" + why + ")");
    }

    private String count() {
        if (!none) {
            return Counted.of(names, "name does", "names do") + " not fit";
        }
        return names == 1
                ? "the only name that was listed does not fit"
                : "none of the " + names + " names that were listed fits";
    }
}
