package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.execution.ExecutionEnd;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waivers of missing periods that end when the table's window has long moved on. */
class WaivedGapTest {

    private static final String TABLE = "raw_x.flights";
    private static final String LOST = "{'partition': 'dt=2026-11-04', 'reason': 'lost', 'by': 'ada'%s}";
    private static final String UNWAIVED = "'unwaive': ['dt=2026-11-04']";

    private final Tables tables = new Tables();
    private int runs;

    @BeforeEach
    void daysWithoutTheFourth() {
        tables.table(
                TABLE,
                Map.of(
                        "fanin.detection",
                        "{\"mode\": \"list\", \"lookback\": \"P2D\", \"gaps\": \"outstanding\"}",
                        "fanin.onPartial",
                        "succeed"));
        for (int day = 1; day <= 18; day++) {
            if (day != 4) {
                tables.day(TABLE, "2026-11-%02d".formatted(day), "{\"carrier\": \"AA\"}");
            }
        }
        run("");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNWAIVED, "'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-04']}"})
    void whatIsNotWaivedAnyMoreIsMissingAgain(String ending) {
        waive(LOST.formatted(""));
        requireComplete();

        run(ending);
        run("");

        requireMissing().isEqualTo(1);
        run("");
        requireMissing().as("for good").isEqualTo(1);
    }

    @Test
    void tableIsNotCompletePastWhatIsUnwaived() {
        waive(LOST.formatted(""));

        run(UNWAIVED);

        assertThat(parameters()).containsEntry("fanin.complete_through", "2026-11-03T00:00");
    }

    @Test
    void whatWasWaivedUntilNowIsMissingAgain() {
        waive(LOST.formatted(", 'until': '2026-11-20T18:00:00Z'"));
        requireComplete();

        run("'time': '2026-11-20T18:00:00Z'");

        requireMissing().isEqualTo(1);
    }

    @Test
    void lateDataIsSeenByTheRunThatLooksForIt() {
        waive(LOST.formatted(""));
        run(UNWAIVED);
        tables.day(TABLE, "2026-11-17", "{\"carrier\": ");

        run("");

        assertThat(parameters()).containsEntry("fanin.failed.sample", "dt=2026-11-17");
    }

    @ParameterizedTest
    @CsvSource({"false, NAMED", "true, NAMED", "false, UNCOUNTED", "true, UNCOUNTED"})
    void whatHadFailedBeforeItWasWaivedIsMissingOnceItIsGone(boolean leavesFolder, Looking looking) {
        tables.day(TABLE, "2026-11-04", "{\"carrier\": ");
        run("'detection': {'mode': 'full', 'gaps': 'outstanding'}");
        waive(LOST.formatted(""));
        delete(4);
        if (leavesFolder) {
            tables.aws.s3().put("lake", TABLE + "/dt=2026-11-04/", "");
        }

        if (looking == Looking.UNCOUNTED) {
            run(UNWAIVED);
            run("'detection': {'mode': 'full'}");
        } else {
            run("'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-04']}");
        }
        run("");

        requireMissing().isEqualTo(1);
    }

    enum Looking {
        NAMED,

        /** By a run that looks at everything, and counts no missing periods. */
        UNCOUNTED
    }

    /** As of the runs of all tables that list everything once a week. */
    @Test
    void endOfAWaiverIsKeptByARunThatCountsNoMissingPeriods() {
        waive(LOST.formatted(""));
        tables.day(TABLE, "2026-11-19", "{\"carrier\": \"AA\"}");
        run("'detection': {'mode': 'full'}");
        run(UNWAIVED);

        run("");

        requireMissing().isEqualTo(1);
    }

    /** Its failure ends, and what comes before it lies before the window, where all periods are waived. */
    @Test
    void whatHasFailedIsMissingOnceItIsGone() {
        String waivers = IntStream.rangeClosed(4, 6)
                .mapToObj("{'partition': 'dt=2026-11-%02d', 'reason': 'outage', 'by': 'ada'}"::formatted)
                .collect(Collectors.joining(", "));
        delete(5);
        delete(6);
        drop(5);
        drop(6);
        waive(waivers);
        breakDay(7);
        delete(7);

        run("");
        run("");

        assertThat(parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2026-11-06T00:00")
                .containsEntry("fanin.missing", "1");
    }

    /** As where old data expires: the table begins later now. */
    @Test
    void whatHasFailedIsNotMissingOnceAllBeforeItIsGoneToo() {
        waive(LOST.formatted(""));
        breakDay(7);
        IntStream.rangeClosed(1, 7).forEach(this::delete);

        run("");
        run("");

        requireComplete();
    }

    /** Nothing is missing before the first period. */
    @Test
    void waiverOfAPeriodThatWasNeverMissingLeavesNothing() {
        waive("{'partition': 'dt=2025-11-04', 'reason': 'a slip', 'by': 'ada'}, " + LOST.formatted(""));

        run("'unwaive': ['dt=2025-11-04']");
        run("");

        requireComplete();
    }

    /** A day that was registered and is named again with broken data: it has failed, and is no longer registered. */
    private void breakDay(int day) {
        String name = "2026-11-%02d".formatted(day);
        drop(day);
        tables.day(TABLE, name, "{\"carrier\": ");
        run("'detection': {'mode': 'partitions', 'partitions': ['dt=" + name + "']}");
        assertThat(parameters()).containsEntry("fanin.failed.sample", "dt=" + name);
    }

    private void delete(int day) {
        tables.aws.s3().delete("lake", TABLE + "/dt=2026-11-%02d/part-0.json".formatted(day));
    }

    private void drop(int day) {
        tables.aws.glue().dropPartition("raw_x", "flights", List.of("2026-11-%02d".formatted(day)));
    }

    private void waive(String waivers) {
        run("'waive': [" + waivers + "]");
        run("'detection': {'mode': 'full', 'gaps': 'outstanding'}");
    }

    private void requireComplete() {
        assertThat(parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.complete_through", "2026-11-18T00:00")
                .doesNotContainKey("fanin.missing");
    }

    private AbstractIntegerAssert<?> requireMissing() {
        assertThat(parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2026-11-03T00:00")
                .containsKey("fanin.missing");
        return assertThat(Integer.parseInt(parameters().get("fanin.missing")));
    }

    private void run(String fields) {
        String name = "run-" + runs++;
        String more = fields.isEmpty() ? "" : ", " + fields.replace('\'', '"');
        tables.runTable(name, Tables.json("{\"database\": \"raw_x\", \"table\": \"flights\"" + more + "}"));
        ExecutionEnd end = tables.ends.get(name);
        assertThat(end.status()).as(end.toString()).isEqualTo("SUCCEEDED");
    }

    private Map<String, String> parameters() {
        return tables.aws.glue().parameters("raw_x", "flights");
    }
}
