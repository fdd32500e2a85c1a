package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waivers of missing periods that end long after the table's window has moved on. */
class WaivedGapTest {

    private static final String LOST = "{'partition': 'dt=2026-11-04', 'reason': 'lost', 'by': 'ada'%s}";
    private static final String UNWAIVED = "'unwaive': ['dt=2026-11-04']";

    private final DailyTable table = DailyTable.detecting("{'mode': 'list', 'lookback': 'P2D', 'gaps': 'outstanding'}");

    @BeforeEach
    void daysWithoutTheFourth() {
        table.days(1, 18);
        table.delete(4);
        table.run("");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNWAIVED, "'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-04']}"})
    void whatIsNotWaivedAnyMoreIsMissingAgain(String ending) {
        waive(LOST.formatted(""));
        requireComplete();

        table.run(ending);
        table.run("");

        requireMissing().isEqualTo(1);
        table.run("");
        requireMissing().as("for good").isEqualTo(1);
    }

    @Test
    void tableIsNotCompletePastWhatIsUnwaived() {
        waive(LOST.formatted(""));

        table.run(UNWAIVED);

        assertThat(table.parameters()).containsEntry("fanin.complete_through", "2026-11-03T00:00");
    }

    @Test
    void whatWasWaivedUntilNowIsMissingAgain() {
        waive(LOST.formatted(", 'until': '2026-11-20T18:00:00Z'"));
        requireComplete();

        table.run("'time': '2026-11-20T18:00:00Z'");

        requireMissing().isEqualTo(1);
    }

    @Test
    void lateDataIsSeenByTheRunThatLooksForIt() {
        waive(LOST.formatted(""));
        table.run(UNWAIVED);
        table.broken(17);

        table.run("");

        assertThat(table.parameters()).containsEntry("fanin.failed.sample", "dt=2026-11-17");
    }

    @ParameterizedTest
    @CsvSource({"false, NAMED", "true, NAMED", "false, UNCOUNTED", "true, UNCOUNTED"})
    void whatHadFailedBeforeItWasWaivedIsMissingOnceItIsGone(boolean leavesFolder, Looking looking) {
        table.broken(4);
        table.run("'detection': {'mode': 'full', 'gaps': 'outstanding'}");
        waive(LOST.formatted(""));
        table.delete(4);
        if (leavesFolder) {
            table.put(DailyTable.name(4) + "/", "");
        }

        if (looking == Looking.UNCOUNTED) {
            table.run(UNWAIVED);
            table.run("'detection': {'mode': 'full'}");
        } else {
            table.run("'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-04']}");
        }
        table.run("");

        requireMissing().isEqualTo(1);
    }

    enum Looking {
        NAMED,

        /** A run that looks at everything without counting missing periods. */
        UNCOUNTED
    }

    /** For example a weekly run of all tables that lists everything. */
    @Test
    void endOfAWaiverIsKeptByARunThatCountsNoMissingPeriods() {
        waive(LOST.formatted(""));
        table.day(19);
        table.run("'detection': {'mode': 'full'}");
        table.run(UNWAIVED);

        table.run("");

        requireMissing().isEqualTo(1);
    }

    /** Its failure ends; all earlier periods are before the window, where they are waived. */
    @Test
    void whatHasFailedIsMissingOnceItIsGone() {
        String waivers = IntStream.rangeClosed(4, 6)
                .mapToObj("{'partition': 'dt=2026-11-%02d', 'reason': 'outage', 'by': 'ada'}"::formatted)
                .collect(Collectors.joining(", "));
        table.delete(5);
        table.delete(6);
        table.drop(5);
        table.drop(6);
        waive(waivers);
        breakDay(7);
        table.delete(7);

        table.run("");
        table.run("");

        assertThat(table.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2026-11-06T00:00")
                .containsEntry("fanin.missing", "1");
    }

    /** Old data expires, so that the table begins later. */
    @Test
    void whatHasFailedIsNotMissingOnceAllBeforeItIsGoneToo() {
        waive(LOST.formatted(""));
        breakDay(7);
        IntStream.rangeClosed(1, 7).forEach(table::delete);

        table.run("");
        table.run("");

        requireComplete();
    }

    /** No period is missing before the first one. */
    @Test
    void waiverOfAPeriodThatWasNeverMissingLeavesNothing() {
        waive("{'partition': 'dt=2025-11-04', 'reason': 'a slip', 'by': 'ada'}, " + LOST.formatted(""));

        table.run("'unwaive': ['dt=2025-11-04']");
        table.run("");

        requireComplete();
    }

    /** Names a registered day again with broken data: it fails, and is no longer registered. */
    private void breakDay(int day) {
        String name = DailyTable.name(day);
        table.drop(day);
        table.broken(day);
        table.run("'detection': {'mode': 'partitions', 'partitions': ['" + name + "']}");
        assertThat(table.parameters()).containsEntry("fanin.failed.sample", name);
    }

    private void waive(String waivers) {
        table.run("'waive': [" + waivers + "]");
        table.run("'detection': {'mode': 'full', 'gaps': 'outstanding'}");
    }

    private void requireComplete() {
        assertThat(table.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.complete_through", "2026-11-18T00:00")
                .doesNotContainKey("fanin.missing");
    }

    private AbstractIntegerAssert<?> requireMissing() {
        assertThat(table.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2026-11-03T00:00")
                .containsKey("fanin.missing");
        return assertThat(Integer.parseInt(table.parameters().get("fanin.missing")));
    }
}
