package io.fanin.model.run.detection;

import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.Optional;

/**
 * Names below a table's location that do not fit its layout, as the last detection saw them that listed the table. They are data
 * that nobody reads until they are renamed, or the spec is corrected.
 *
 * @param names how many
 * @param example the raw prefix or key of one, shortened
 * @param why that one does not fit, shortened
 * @param none whether no name that was listed fits
 */
public record UnfitNames(long names, String example, String why, boolean none) {

    /** What to do about them. */
    public static final String ADVICE = "rename what does not fit, or correct the spec's layout and partitionKeys";

    /** A key has up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    /** Empty where all names fit that were listed, except those that readers ignore. */
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

    /** What to do about them, for a person to read, after the text. */
    public String textWithAdvice() {
        return text() + ": " + ADVICE;
    }

    /** For a person to read, without a full stop. */
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
