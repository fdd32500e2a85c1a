package io.fanin.core.alltables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one run of all tables leaves standing of what others have said. */
class LastResultsTest {

    private static final Instant NOW = Instant.parse("2013-02-09T14:05:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SkippedTable TORN = skipped("s3://specs/torn.json", Reason.UNREADABLE);

    private static TableResult result(String table, TableOutcome outcome) {
        return new TableResult(
                TableName.of(table),
                outcome,
                Optional.of("x"),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SkippedTable skipped(String what, Reason reason) {
        return new SkippedTable(what, TableName.find(what), reason, "why");
    }

    /** A spec, one of several or broken, that names a table. */
    private static SkippedTable spec(String uri) {
        return new SkippedTable(uri, TableName.find("a.broken"), Reason.SEVERAL_SPECS, "why");
    }

    private static LastResults before() {
        return LastResults.NONE.after(ended(
                NOW,
                true,
                List.of(result("a.failed", TableOutcome.FAILED), result("a.partial", TableOutcome.PARTIAL)),
                skipped("a.broken", Reason.UNREADABLE),
                TORN,
                skipped("a.off", Reason.DISABLED)));
    }

    private static LastResults.Ended ended(
            Instant started, boolean unfiltered, List<TableResult> results, SkippedTable... leftOut) {
        return new LastResults.Ended(
                AllTablesReport.of(new RunId("two"), "arn:y", results, List.of(leftOut)), started, unfiltered);
    }

    private static LastResults after(boolean unfiltered, List<TableResult> results, SkippedTable... leftOut) {
        return before().after(ended(NOW.plus(HOUR), unfiltered, results, leftOut));
    }

    private static Stream<String> names(LastResults results) {
        return Stream.concat(
                results.failed().stream().map(failed -> failed.result().table().toString()),
                results.skipped().stream().map(SkippedTable::what));
    }

    private static Stream<String> takenUp(LastResults results) {
        return results.takenUp().stream().map(SkippedTable::what);
    }

    @Test
    void onlyWhatFailedOrIsLeftOutByMistakeIsKept() {
        assertThat(names(before())).containsExactly("a.failed", "a.broken", "s3://specs/torn.json");
        assertThat(Json.read(Json.text(before()), LastResults.class, "last-results.json"))
                .isEqualTo(before());
    }

    @Test
    void runOfSomeTablesKeepsTheOthers() {
        assertThat(after(false, List.of())).isEqualTo(before());
        assertThat(names(after(true, List.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "false, s3://specs/torn.json"})
    void whatWasRunHasItsOwnResult(boolean unfiltered, String left) {
        List<TableResult> fine = Stream.of("a.failed", "a.broken")
                .map(table -> result(table, TableOutcome.NOTHING_NEW))
                .toList();

        assertThat(String.join(",", names(after(unfiltered, fine)).toList())).isEqualTo(left);
    }

    @Test
    void tableForWhichARunHasNoRoomStaysFailed() {
        assertThat(names(after(true, List.of(), skipped("a.failed", Reason.OVER_LIMIT))))
                .containsExactly("a.failed");
        assertThat(names(after(true, List.of(), skipped("a.broken", Reason.OVER_LIMIT))))
                .isEmpty();
    }

    @Test
    void tableWithWhichAnotherExecutionIsBusyStaysFailed() {
        for (boolean unfiltered : List.of(true, false)) {
            assertThat(names(after(unfiltered, List.of(result("a.failed", TableOutcome.BUSY)))))
                    .contains("a.failed");
        }
    }

    @ParameterizedTest
    @CsvSource({"COMPLETE", "BUSY", "FAILED"})
    void runThatEndsLateEndsNothingThatANewerOneOfSomeTablesHasSaid(TableOutcome outcome) {
        LastResults newer =
                before().after(ended(NOW.plus(HOUR).plus(HOUR), false, List.of(result("a.new", TableOutcome.FAILED))));

        LastResults late = newer.after(ended(NOW.plus(HOUR), true, List.of(result("a.new", outcome))));

        assertThat(late.failed())
                .singleElement()
                .satisfies(failed ->
                        assertThat(failed.at()).isEqualTo(NOW.plus(HOUR).plus(HOUR)));
    }

    /** An execution that takes long: newer runs find the table busy, or have no room for it. */
    @ParameterizedTest
    @CsvSource({"BUSY, BUSY", "BUSY, ''", "'', BUSY", "'', ''"})
    void failureThatEndsLateStandsWhereNewerRunsHaveOnlyPostponedTheTable(String second, String third) {
        LastResults.Ended earlier = postponing(0, "");
        LastResults.Ended failed = ended(NOW.plus(HOUR), true, List.of(result("a.slow", TableOutcome.FAILED)));
        LastResults inOrder = after(earlier, failed, postponing(2, second), postponing(3, third));

        assertThat(inOrder.failed()).hasSize(1);
        for (LastResults late : List.of(
                after(earlier, postponing(2, second), failed, postponing(3, third)),
                after(earlier, postponing(2, second), postponing(3, third), failed),
                after(earlier, postponing(3, third), postponing(2, second), failed),
                after(earlier, postponing(2, second), postponing(3, third), failed, failed))) {
            assertThat(late.failed()).isEqualTo(inOrder.failed());
            assertThat(late.after(fine(4)).failed()).isEmpty();
        }
    }

    /** A run of some tables has failed it since. */
    @Test
    void failureThatEndsLateDoesNotReplaceALaterOne() {
        LastResults.Ended late = ended(NOW.plus(HOUR), false, List.of(result("a.slow", TableOutcome.FAILED)));
        LastResults.Ended later =
                ended(NOW.plus(HOUR.multipliedBy(2)), false, List.of(result("a.slow", TableOutcome.FAILED)));

        assertThat(after(fine(0), later, postponing(3, "BUSY"), late).failed())
                .extracting(LastResults.Failed::at)
                .containsExactly(NOW.plus(HOUR.multipliedBy(2)));
    }

    @Test
    void failureThatEndsLateIsNoneAfterANewerRunHasSaidMore() {
        LastResults.Ended failed = ended(NOW, true, List.of(result("a.slow", TableOutcome.FAILED)));

        assertThat(after(fine(1), postponing(2, "BUSY"), failed).failed()).isEmpty();
        assertThat(after(postponing(1, "BUSY"), postponing(2, "BUSY"), fine(1), failed)
                        .failed())
                .isEmpty();
        assertThat(after(
                                postponing(2, "BUSY"),
                                ended(
                                        NOW.plus(HOUR.multipliedBy(3)),
                                        false,
                                        fine(3).report().results()),
                                failed)
                        .failed())
                .isEmpty();
        assertThat(after(postponing(2, "BUSY"), ended(NOW.plus(HOUR.multipliedBy(3)), true, List.of()), failed)
                        .failed())
                .as("it is no table any more")
                .isEmpty();
    }

    @Test
    void failureThatEndsLateReplacesAnOlderOne() {
        LastResults.Ended older = ended(NOW, true, List.of(result("a.slow", TableOutcome.FAILED)));
        LastResults.Ended failed = ended(NOW.plus(HOUR), true, older.report().results());

        assertThat(after(older, postponing(2, "BUSY"), failed).failed())
                .extracting(LastResults.Failed::at)
                .containsExactly(NOW.plus(HOUR));
        assertThat(after(failed, postponing(2, "BUSY"), older).failed())
                .extracting(LastResults.Failed::at)
                .containsExactly(NOW.plus(HOUR));
    }

    @Test
    void documentThatDoesNotNamePostponedTablesIsRead() {
        String text = "{\"version\": 1, \"failed\": [], \"leftOut\": [], \"takenUp\": []}";

        assertThat(Json.read(text, LastResults.class, "last-results.json")).isEqualTo(LastResults.NONE);
        LastResults postponed = after(postponing(1, "BUSY"));
        assertThat(Json.read(Json.text(postponed), LastResults.class, "last-results.json"))
                .isEqualTo(postponed);
    }

    private static LastResults after(LastResults.Ended... runs) {
        LastResults results = LastResults.NONE;
        for (LastResults.Ended run : runs) {
            results = results.after(run);
        }
        return results;
    }

    /** @param busy whether the table is busy; empty text if the run has no room for it */
    private static LastResults.Ended postponing(int hour, String busy) {
        Instant started = NOW.plus(HOUR.multipliedBy(hour));
        return busy.isEmpty()
                ? ended(started, true, List.of(), skipped("a.slow", Reason.OVER_LIMIT))
                : ended(started, true, List.of(result("a.slow", TableOutcome.BUSY)));
    }

    private static LastResults.Ended fine(int hour) {
        return ended(NOW.plus(HOUR.multipliedBy(hour)), true, List.of(result("a.slow", TableOutcome.COMPLETE)));
    }

    @Test
    void tableThatFailedAndIsLeftOutNowIsNamedOnce() {
        for (boolean unfiltered : List.of(true, false)) {
            assertThat(names(after(unfiltered, List.of(), skipped("a.failed", Reason.SEVERAL_SPECS)))
                            .filter("a.failed"::equals))
                    .hasSize(1);
        }
    }

    /** A run that was redriven, or took long, has looked before others did. */
    @Test
    void runThatEndsLateSaysNothingThatANewerOneHasSaidOtherwise() {
        List<TableResult> failed = List.of(result("a.fine", TableOutcome.FAILED));
        LastResults.Ended late = ended(NOW.minus(HOUR), true, failed, skipped("a.mended", Reason.UNREADABLE));

        assertThat(before().after(late)).isEqualTo(before());
        assertThat(names(before().after(ended(NOW.plus(HOUR), false, List.of(result("a.later", TableOutcome.FAILED))))
                        .after(ended(NOW, true, List.of(result("a.failed", TableOutcome.COMPLETE))))))
                .as("of a run of some tables that was started after it")
                .containsExactly("a.later");
    }

    @Test
    void resultOfWhichNobodySaysAnythingIsForgottenAfterAWeek() {
        LastResults.Ended later = ended(NOW.plus(Duration.ofDays(6)), false, List.of());

        assertThat(before().after(later)).isEqualTo(before());
        assertThat(names(before().after(ended(NOW.plus(Duration.ofDays(8)), false, List.of()))))
                .isEmpty();
    }

    @Test
    void whatIsNoLongerLeftOutIsToldUntilItWas() {
        LastResults over = after(true, List.of());

        assertThat(takenUp(over)).containsExactly("a.broken", "s3://specs/torn.json");
        assertThat(takenUp(over.after(ended(NOW.plus(HOUR).plus(HOUR), true, List.of(), TORN))))
                .as("it is left out again")
                .containsExactly("a.broken");
        assertThat(takenUp(over.told(List.of(TORN)))).containsExactly("a.broken");
        assertThat(takenUp(after(true, List.of(result("a.broken", TableOutcome.PARTIAL)))))
                .as("its execution tells it")
                .containsExactly("s3://specs/torn.json");
    }

    @Test
    void tableWithOneSpecLessOfSeveralIsStillLeftOut() {
        LastResults three = LastResults.NONE.after(ended(NOW, true, List.of(), spec("a"), spec("b"), spec("c")));

        assertThat(takenUp(three.after(ended(NOW.plus(HOUR), true, List.of(), spec("a"), spec("b")))))
                .isEmpty();
    }
}
