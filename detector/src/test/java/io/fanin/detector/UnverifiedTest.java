package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.TestProgress;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.run.detection.UnverifiedCount.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The count of registered partitions that no run has looked at. */
class UnverifiedTest {

    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void partitionsThatWereThereBeforeAreCountedByTheFirstRun() {
        fixture.table("");
        noons(1, 18);

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);

        assertThat(counted()).hasValue(count("2026-11-16T00:00", 15, 3));
    }

    @Test
    void whatIsCountedIsNoNews() {
        fixture.table("");
        noons(1, 18);
        fixture.settled();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(counted()).isEmpty();
        assertThat(fixture.detect("r2", DetectorFixture.json("{" + NAMES + FULL + "}"))
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
        assertThat(parameter()).hasValue("18");
    }

    @Test
    void partitionsOfRunsAreNotCounted() {
        fixture.table("").data("dt=2026-11-18/hour=11").processed("dt=2026-11-18/hour=11", "2026-11-18", "11");
        fixture.settled();

        assertThat(record().unverified()).isEmpty();
        assertThat(parameter()).isEmpty();
    }

    @Test
    void outstandingPartitionHasBeenLookedAt() {
        fixture.table("");
        noons(17, 18).failedStanding("flights/dt=2026-11-17/hour=12/", "2026-11-17", "12");

        fixture.detect(NAMES);

        assertThat(counted().orElseThrow().total()).isEqualTo(1);
    }

    @Test
    void laterOnesOfTheWindowAreCountedWithoutAnotherRequest() {
        fixture.table("");
        noons(1, 18);
        fixture.settled();
        noons(19, 19).quiet();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);

        assertThat(counted()).hasValue(count("2026-11-17T00:00", 16, 3));
        assertThat(fixture.aws.log().count("GetPartitions")).isEqualTo(1);
    }

    /** The window has moved by then: the catalog is read from the boundary of the last count on. */
    @Test
    void thoseThatLeaveTheWindowStayCounted() {
        fixture.table("");
        noons(1, 10);
        fixture.settled();
        fixture.data("dt=2026-11-18/hour=12").processed("dt=2026-11-18/hour=12", "2026-11-18", "12");
        fixture.settled();
        noons(11, 11).quiet();
        fixture.settled();

        assertThat(record().unverified()).hasValue(count("2026-11-16T00:00", 11, 0));
    }

    @Test
    void olderOnesThatOthersRegisterLaterAreCountedByTheNextLookAtTheWholeTable() {
        fixture.table("");
        noons(10, 18);
        fixture.settled();
        noons(1, 2);

        fixture.detect(NAMES);
        assertThat(counted()).isEmpty();

        fixture.detect("r2", DetectorFixture.json("{" + NAMES + FULL + "}"));
        assertThat(fixture.detection("r2").orElseThrow().unverified()).hasValue(count("2026-11-16T00:00", 8, 3));
    }

    @Test
    void withoutTimesEachListingCountsAll() {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive");
        foreign("region=eu", "eu");
        foreign("region=us", "us");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);
        assertThat(counted()).hasValue(new UnverifiedCount(Optional.empty(), new Share(2, 0), Share.NONE));

        fixture.settled();
        fixture.aws.glue().dropPartition("analytics", "flights", List.of("us"));
        fixture.aws.s3().delete("lake", "flights/region=us/part-0.json");
        fixture.settled();
        assertThat(parameter()).hasValue("1");
    }

    @Test
    void thoseThatRunsCannotVerifyAreCountedToo() {
        fixture.table("").data("dt=2026-11-18/hour=12").registered("2026-11-18", "12");
        foreign("dt=2026-11-18/hour=13", "2026-11-18", "13");
        foreign("dt=2026-11-18/hour=14", "2026-11-18", "14");
        fixture.aws
                .glue()
                .alterPartition(
                        "analytics",
                        "flights",
                        List.of("2026-11-18", "14"),
                        partition -> ((ObjectNode) partition.get("StorageDescriptor"))
                                .put("InputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat"));

        fixture.detect(NAMES);

        assertThat(counted())
                .hasValue(new UnverifiedCount(Optional.of("2026-11-16T00:00"), Share.NONE, new Share(1, 2)));
    }

    /** A record of a version that did not count: what lies before the window is not known. */
    @Test
    void windowAloneIsNotTakenForTheTable() {
        fixture.table("");
        noons(1, 18);
        fixture.settled();
        fixture.record(record -> TableRecord.NEW
                        .with(TestProgress.of(
                                record.progress().completeThrough(),
                                record.progress().newest()))
                        .with(record.lastRun().orElseThrow()))
                .published();

        assertThat(record().unverified()).isEmpty();
    }

    @Test
    void countOfAnotherTableIsForgotten() {
        fixture.table("");
        noons(1, 18);
        fixture.settled();
        fixture.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.table("");

        fixture.settled();

        assertThat(record().unverified().map(UnverifiedCount::total).orElse(0L)).isZero();
    }

    private DetectorFixture noons(int first, int last) {
        IntStream.rangeClosed(first, last)
                .forEach(day -> foreign("dt=2026-11-%02d/hour=12".formatted(day), "2026-11-%02d".formatted(day), "12"));
        return fixture;
    }

    private void foreign(String path, String... values) {
        fixture.foreign(path, values);
    }

    private static UnverifiedCount count(String before, long old, long recent) {
        return new UnverifiedCount(Optional.of(before), new Share(old, 0), new Share(recent, 0));
    }

    private Optional<UnverifiedCount> counted() {
        return fixture.detection().orElseThrow().unverified();
    }

    private TableRecord record() {
        return new TableRecords(fixture.state).read(FLIGHTS);
    }

    private Optional<String> parameter() {
        return Optional.ofNullable(
                fixture.catalog.table(FLIGHTS).orElseThrow().parameters().get("fanin.unverified"));
    }
}
