package io.fanin.core.alltables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
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

    private static LastResults before() {
        return LastResults.NONE.after(
                AllTablesReport.of(
                        new RunId("one"),
                        "arn:x",
                        List.of(result("a.failed", TableOutcome.FAILED), result("a.partial", TableOutcome.PARTIAL)),
                        List.of(
                                skipped("a.broken", Reason.UNREADABLE),
                                skipped("s3://specs/torn.json", Reason.UNREADABLE),
                                skipped("a.off", Reason.DISABLED))),
                true,
                NOW);
    }

    private static LastResults after(boolean unfiltered, List<TableResult> results, SkippedTable... leftOut) {
        return before().after(
                        AllTablesReport.of(new RunId("two"), "arn:y", results, List.of(leftOut)),
                        unfiltered,
                        NOW.plusSeconds(60));
    }

    private static Stream<String> names(LastResults results) {
        return Stream.concat(
                results.failed().stream().map(failed -> failed.result().table().toString()),
                results.leftOut().stream().map(SkippedTable::what));
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
    void tableThatFailedAndIsLeftOutNowIsNamedOnce() {
        for (boolean unfiltered : List.of(true, false)) {
            assertThat(names(after(unfiltered, List.of(), skipped("a.failed", Reason.SEVERAL_SPECS)))
                            .filter("a.failed"::equals))
                    .hasSize(1);
        }
    }
}
