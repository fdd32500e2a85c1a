package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Names below a table's location whose data is not read: they do not fit its layout, or mean the same values as others.
 * That lasts until they are renamed or the spec is corrected.
 *
 * @param names the number of those that do not fit; if all fit, of those that are in conflict
 * @param example the raw prefix or key of one, shortened
 * @param why the reason for the example, shortened, and how many others are in conflict
 * @param none whether none of the listed names fits
 * @param ofWhole whether the whole table was listed; absent if only its newest periods were, or if that is not known
 */
public record UnfitNames(
        long names,
        String example,
        String why,
        boolean none,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> ofWhole) {

    /** The names of a listing. */
    public UnfitNames(long names, String example, String why, boolean none) {
        this(names, example, why, none, Optional.empty());
    }

    /** Advice about names that do not fit. */
    private static final String ADVICE = "rename what does not fit, or correct the spec's layout and partitionKeys";

    /** Advice about the kinds of conflicts, by the beginnings of their details. */
    private static final Map<String, String> OF_CONFLICTS = Map.of(
            Skip.SAME_VALUES,
            "keep the one that is registered, if one is, and rename or remove the others with the same values",
            Skip.TAKEN,
            "drop in the catalog what is registered under the wrong values, or state the spec's layout and"
                    + " partitionKeys as they are registered",
            Skip.APART,
            "where the table's own folder is right, drop that registration in the catalog, and name the partition",
            Skip.TWICE,
            "drop one of the two in the catalog");

    /** Advice about names that later windows may not show. */
    private static final String LISTED_AGAIN = "; a run of mode full lists all names again";

    /** Shortens keys, which have up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    /** The unfit names of a detection; empty if all listed names are read, except those that query engines ignore. */
    public static Optional<UnfitNames> of(DetectionCounts counts) {
        Optional<Skip> unfit = first(counts, SkipReason::isUnfit);
        Optional<Skip> conflict = first(counts, SkipReason.CONFLICT::equals);
        if (unfit.isEmpty()) {
            return conflict.map(first -> of(first, number(counts, SkipReason.CONFLICT::equals), "", false));
        }
        String conflicts = conflict.map(
                        other -> "; " + inConflict(counts) + ", such as " + LogSafe.beginning(other.prefix(), MAX_TEXT))
                .orElse("");
        return Optional.of(of(unfit.get(), number(counts, SkipReason::isUnfit), conflicts, counts.found() == 0));
    }

    private static UnfitNames of(Skip first, long names, String others, boolean none) {
        return new UnfitNames(
                names,
                LogSafe.beginning(first.prefix(), MAX_TEXT),
                LogSafe.beginning(first.why(), MAX_TEXT) + others,
                none);
    }

    private static long number(DetectionCounts counts, Predicate<SkipReason> of) {
        return counts.skips().reasons().entrySet().stream()
                .filter(skipped -> of.test(skipped.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Optional<Skip> first(DetectionCounts counts, Predicate<SkipReason> of) {
        return counts.skips().sample().stream()
                .filter(skip -> of.test(skip.reason()))
                .findFirst();
    }

    private static String inConflict(DetectionCounts counts) {
        return Counted.of(number(counts, SkipReason.CONFLICT::equals), "name is", "names are") + " in conflict";
    }

    /** The same names of a table of which none fits, or of another. */
    public UnfitNames ofTable(boolean whereNoneFits) {
        return new UnfitNames(names, example, why, whereNoneFits, ofWhole);
    }

    /** The same names of a listing of the whole table. */
    public UnfitNames ofWholeTable() {
        return new UnfitNames(names, example, why, none, Optional.of(true));
    }

    /**
     * The names that are still known after a listing of the newest periods: these, if the whole table was listed for
     * them.
     */
    public Optional<UnfitNames> afterWindow() {
        return ofWhole.map(whole -> ofTable(false));
    }

    /** The text for users, followed by advice. */
    public String textWithAdvice() {
        return text() + ": " + advice();
    }

    /** Advice for users. */
    public String advice() {
        return conflict().map(OF_CONFLICTS::get).orElse(ADVICE) + (ofWhole.isPresent() && !none ? LISTED_AGAIN : "");
    }

    /** The text for users, without a full stop. */
    public String text() {
        return LogSafe.of(count() + ", such as " + example + " (" + why + ")");
    }

    /** The beginning of the detail, if that is of a conflict. */
    private Optional<String> conflict() {
        return OF_CONFLICTS.keySet().stream().filter(why::startsWith).findFirst();
    }

    private String count() {
        if (conflict().isPresent()) {
            return Counted.of(names, "name is", "names are") + " in conflict";
        }
        if (!none) {
            return Counted.of(names, "name does", "names do") + " not fit the layout";
        }
        return names == 1
                ? "the only name that was listed does not fit the layout"
                : "none of the " + names + " names that were listed fits the layout";
    }
}
