package io.fanin.core.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.UnfitNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names that do not fit a layout, and the messages about them. */
class UnfitNamesTest {

    private static final Skip HIDDEN = new Skip("flights/_tmp/", SkipReason.HIDDEN, "begins with _");
    private static final Skip YEAR = new Skip("flights/26/", SkipReason.BAD_VALUE, "'26' is no year");

    private static final Skip CONFLICT =
            new Skip("flights/a b/", SkipReason.CONFLICT, Skip.SAME_VALUES + "flights/a%20b/");

    @Test
    void namesThatReadersIgnoreFitWell() {
        assertThat(UnfitNames.of(counts(3, Map.of(SkipReason.HIDDEN, 7L, SkipReason.GONE, 2L), HIDDEN)))
                .isEmpty();
    }

    @Test
    void namesInConflictAreToldWithTheirOwnAdvice() {
        UnfitNames conflicts = UnfitNames.of(counts(2, Map.of(SkipReason.CONFLICT, 2L), CONFLICT))
                .orElseThrow();

        assertThat(conflicts.textWithAdvice())
                .isEqualTo(
                        "2 names are in conflict, such as flights/a b/ (means the same values as flights/a%20b/): keep"
                                + " the one that is registered, if one is, and rename or remove the others with the same"
                                + " values");
    }

    @Test
    void namesInConflictAreToldBesideThoseThatDoNotFit() {
        Map<SkipReason, Long> reasons = Map.of(SkipReason.CONFLICT, 4L, SkipReason.BAD_VALUE, 1L);

        assertThat(UnfitNames.of(counts(2, reasons, CONFLICT, YEAR))
                        .orElseThrow()
                        .text())
                .isEqualTo(
                        "1 name does not fit the layout, such as flights/26/ ('26' is no year; 4 names are in conflict,"
                                + " such as flights/a b/)");
    }

    @Test
    void onlyNamesThatDoNotFitAreCounted() {
        UnfitNames unfit = UnfitNames.of(
                        counts(3, Map.of(SkipReason.HIDDEN, 7L, SkipReason.BAD_VALUE, 2L), HIDDEN, YEAR))
                .orElseThrow();

        assertThat(unfit).isEqualTo(new UnfitNames(2, "flights/26/", "'26' is no year", false));
        assertThat(unfit.text()).isEqualTo("2 names do not fit the layout, such as flights/26/ ('26' is no year)");
    }

    @Test
    void tableOfWhichNothingFitsIsNamedAsSuch() {
        assertThat(UnfitNames.of(counts(0, Map.of(SkipReason.BAD_VALUE, 1L), YEAR))
                        .orElseThrow()
                        .textWithAdvice())
                .isEqualTo(
                        "the only name that was listed does not fit the layout, such as flights/26/ ('26' is no year):"
                                + " rename what does not fit, or correct the spec's layout and partitionKeys");
    }

    @Test
    void namesAreReadBackFromTheOutputOfAnExecution() {
        DetectionCounts counts = counts(0, Map.of(SkipReason.HIDDEN, 1L, SkipReason.BAD_VALUE, 2L), HIDDEN, YEAR);
        DetectionSummary summary = DetectionSummary.of(counts);

        assertThat(readBack(summary).unfit()).isEqualTo(UnfitNames.of(counts));
        assertThat(summary.skippedSample()).as("what does not fit comes first").containsExactly(YEAR, HIDDEN);
        assertThat(readBack(DetectionSummary.of(counts(1, Map.of()))).unfit()).isEmpty();
    }

    private static DetectionSummary readBack(DetectionSummary summary) {
        String output = Json.documents()
                .<ObjectNode>valueToTree(summary)
                .put("next", "NOTHING_NEW")
                .toString();
        return ((DetectorAnswer) StepAnswer.find(output).orElseThrow()).detection();
    }

    @Test
    void namesOfOthersAreShortAndHarmless() {
        Skip skip = new Skip("flights/\u001b[2J" + "x".repeat(1000), SkipReason.NOT_IN_LAYOUT, "\n::error::");

        UnfitNames unfit = UnfitNames.of(counts(0, Map.of(SkipReason.NOT_IN_LAYOUT, 1L), skip))
                .orElseThrow();

        assertThat(unfit.text()).doesNotContain("\u001b", "\n").hasSizeLessThan(400);
    }

    private static DetectionCounts counts(long found, Map<SkipReason, Long> reasons, Skip... sample) {
        return new DetectionCounts(
                found,
                0,
                DetectionCounts.Pending.NONE,
                Tally.NONE,
                Tally.NONE,
                MissingPeriods.NONE,
                new DetectionCounts.Skips(reasons, List.of(sample)),
                CatalogChanges.NONE);
    }
}
