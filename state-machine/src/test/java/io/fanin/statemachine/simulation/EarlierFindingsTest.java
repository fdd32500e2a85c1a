package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Periods that one run leaves open, and another run continues with. */
class EarlierFindingsTest {

    private static final String WAITING = "{'mode': 'list', 'lookback': 'P2D', 'readiness': {'marker': '_SUCCESS'}%s}";
    private static final String COUNTING = "{'mode': 'list', 'lookback': 'P2D', 'gaps': 'outstanding'}";

    /** The redriven run has seen less than the later one. */
    @Test
    void redriveOfAStoppedRunDoesNotTakeBackWhatALaterScanHasSeen() {
        DailyTable table = DailyTable.detecting(WAITING.formatted(""));
        ready(table, 1, 10);
        table.run("");
        table.broken(11);
        mark(table, 11);
        String stopped = table.stopped(
                "", call -> call.service().equals("s3") && call.target().startsWith("state/runs/run-1/pass-0/results"));
        ready(table, 13, 16);
        table.day(12);
        table.run("");
        table.redriveOf(stopped);
        table.day(11);

        table.run("'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-11']}");
        requireCompleteThrough(table, 11);
        mark(table, 12);
        table.run("");

        requireCompleteThrough(table, 16);
    }

    /** The console leaves the folder of a day whose data is deleted. */
    @Test
    void failedDayOfWhichAFolderIsLeftIsLookedAtUntilItsDataIsBack() {
        DailyTable table = DailyTable.detecting("{'mode': 'list', 'lookback': 'P2D'}");
        table.days(1, 18);
        table.broken(5);
        table.run("");
        table.delete(5);
        table.put(DailyTable.name(5) + "/", "");

        table.run("");
        requireCompleteThrough(table, 4);
        table.day(5);
        table.run("");

        requireCompleteThrough(table, 18);
        assertThat(table.isRegistered(5)).isTrue();
    }

    @Test
    void dayThatIsDeregisteredWhileItsRawDataIsThereIsMadeAgainByTheNextRunOfAStoppedOne() {
        DailyTable table = DailyTable.of("'format': 'parquet', 'location': 's3://lake/out/',"
                + "'columns': [{'name': 'carrier', 'type': 'string'}],"
                + "'partitionKeys': [{'name': 'dt', 'type': 'date'}], 'processor': {'type': 'convert'},"
                + "'source': {'location': 's3://lake/raw_x.flights/', 'format': 'json'}");
        table.days(1, 18);
        table.run("");
        table.tables.aws.s3().keys("lake", "out/").stream()
                .filter(key -> key.contains(DailyTable.name(5)))
                .forEach(key -> table.tables.aws.s3().delete("lake", key));
        AtomicBoolean isGone = new AtomicBoolean();
        table.stopped("'detection': {'mode': 'full', 'vanished': 'deregister'}", call -> {
            boolean wasGone = isGone.getAndSet(isGone.get() || call.operation().equals("BatchDeletePartition"));
            return wasGone && call.operation().equals("PutObject");
        });
        assertThat(table.isRegistered(5)).isFalse();
        table.day(19);

        table.run("");

        requireCompleteThrough(table, 19);
        assertThat(table.isRegistered(5)).isTrue();
    }

    /** No earlier period exists, so that the day is not missing. */
    @Test
    void firstDayThatWaitedAndIsGoneIsNotMissing() {
        DailyTable table = DailyTable.detecting(WAITING.formatted(", 'gaps': 'outstanding'"));
        table.day(1);
        ready(table, 2, 8);
        table.run("");
        table.delete(1);

        table.run("");
        table.run("");

        requireNoneMissing(table, 8);
    }

    @Test
    void firstDayThatFailedAndIsGoneIsNotMissingWhereItHasOtherPartitions() {
        DailyTable table = DailyTable.of("'format': 'json', 'location': 's3://lake/raw_x.flights/',"
                + "'columns': [{'name': 'carrier', 'type': 'string'}], 'partitionKeys':"
                + "[{'name': 'side', 'type': 'string'}, {'name': 'dt', 'type': 'date'}], 'detection': " + COUNTING);
        IntStream.rangeClosed(2, 8).forEach(day -> table.put("side=left/" + DailyTable.name(day) + "/a", "{}"));
        String first = "side=left/" + DailyTable.name(1) + "/a";
        table.put(first, "{");
        table.run("");
        table.tables.aws.s3().delete("lake", "raw_x.flights/" + first);

        table.run("");
        table.run("");
        table.run("");

        requireNoneMissing(table, 8);
    }

    @Test
    void daysThatExpireBehindAMissingOneAreNotMissing() {
        DailyTable table = lacking(1, 12, 5);
        IntStream.rangeClosed(1, 8).forEach(table::delete);

        table.run("");
        table.run("");

        requireNoneMissing(table, 12);
    }

    @Test
    void dayIsNotMissingOnceAllDaysBeforeItHaveExpired() {
        DailyTable table = lacking(1, 12, 5);
        IntStream.rangeClosed(1, 4).forEach(table::delete);

        table.run("");
        table.run("");

        requireNoneMissing(table, 12);
    }

    /** Another tool has dropped the partitions, too. */
    @Test
    void nothingIsMissingOnceEverythingHasExpired() {
        DailyTable table = lacking(15, 17, 16);
        IntStream.of(15, 17).forEach(day -> {
            table.delete(day);
            table.drop(day);
        });

        table.run("");
        table.run("");

        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE").doesNotContainKey("fanin.missing");
    }

    /** A table of these days, without one of them, after its first run. */
    private static DailyTable lacking(int first, int last, int day) {
        DailyTable table = DailyTable.detecting(COUNTING);
        table.days(first, last);
        table.delete(day);
        table.run("");
        assertThat(table.parameters()).containsEntry("fanin.missing", "1");
        return table;
    }

    private static void ready(DailyTable table, int first, int last) {
        table.days(first, last);
        IntStream.rangeClosed(first, last).forEach(day -> mark(table, day));
    }

    private static void mark(DailyTable table, int day) {
        table.put(DailyTable.name(day) + "/_SUCCESS", "");
    }

    private static void requireNoneMissing(DailyTable table, int through) {
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE").doesNotContainKey("fanin.missing");
        requireCompleteThrough(table, through);
    }

    private static void requireCompleteThrough(DailyTable table, int day) {
        assertThat(table.parameters()).containsEntry("fanin.complete_through", "2026-11-%02dT00:00".formatted(day));
    }
}
