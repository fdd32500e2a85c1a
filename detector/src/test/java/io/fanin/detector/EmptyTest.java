package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions whose prefixes held no data when they were last processed, and tables that are gone. */
class EmptyTest {

    private static final String H12 = "flights/dt=2026-11-18/hour=12/";
    private static final String SKIP = NAMES + ", 'onEmpty': 'skip'";

    private final DetectorFixture fixture = new DetectorFixture().table("");

    /** An hour that is registered, and one that was found to hold no data. */
    private void empty(String name) {
        fixture.data("dt=2026-11-18/hour=11").processed("dt=2026-11-18/hour=11", "2026-11-18", "11");
        fixture.settled();
        fixture.aws.s3().put("lake", H12 + name, "");
        fixture.record(record -> record.withEmpty(
                List.of(PartitionValues.of("2026-11-18", "12")),
                new EquivalentValues(fixture.catalog
                        .table(DetectorFixture.FLIGHTS)
                        .orElseThrow()
                        .keys())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}", ", 'onEmpty': 'register'", ", 'onEmpty': 'skip'"})
    void folderWithOnlyAMarkerIsNotNewAgain(String more) {
        empty("");

        DetectorAnswer answer = fixture.detect(NAMES + more);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.EMPTY_FOLDER, 1L));
    }

    @Test
    void folderThatHasOnlyAMarkerBesideItIsNoPartition() {
        fixture.aws
                .s3()
                .put("lake", "flights/dt=2026-11-18_$folder$", "")
                .put("lake", "flights/dt=2026-11-18/hour=1_$folder$", "");

        assertThat(fixture.detect(NAMES).partitions()).isZero();
    }

    /** The look is part of the one that is taken for late data. */
    @Test
    void emptyFolderCostsNoRequestOfItsOwn() {
        empty("");
        fixture.quiet();
        fixture.detect("empty", json("{" + NAMES + "}"));
        int with = fixture.listed().size();
        fixture.aws.s3().delete("lake", H12);
        fixture.quiet();

        fixture.detect(NAMES);

        assertThat(fixture.listed()).hasSize(with);
    }

    /** A record keeps only so many of them: the others would be processed by each run, in turn. */
    @Test
    void ofVeryManyEmptyFoldersNoneIsProcessedAgain() {
        fixture.data("dt=2026-11-18/hour=11").processed("dt=2026-11-18/hour=11", "2026-11-18", "11");
        fixture.settled();
        fixture.aws.s3().put("lake", H12, "");
        fixture.record(record -> record.withEmpty(
                IntStream.range(0, 1_000)
                        .mapToObj(i -> PartitionValues.of("2026-11-18", String.valueOf(1_000 + i)))
                        .toList(),
                new EquivalentValues(fixture.catalog
                        .table(DetectorFixture.FLIGHTS)
                        .orElseThrow()
                        .keys())));

        DetectorAnswer answer = fixture.detect("empty", json("{" + NAMES + "}"));

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.EMPTY_FOLDER, 1L));

        fixture.data("dt=2026-11-18/hour=12");

        assertThat(fixture.detect(NAMES).detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
    }

    @ParameterizedTest
    @CsvSource({"skip, NOTHING_NEW", "fail, PROCESS", "register, PROCESS"})
    void partitionWithoutDataIsPassedOverWhereTheSpecSaysSo(String onEmpty, NextStep next) {
        empty("_SUCCESS");

        assertThat(fixture.detect(NAMES + ", 'onEmpty': '" + onEmpty + "'").next())
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "skip, register, NOTHING_NEW",
        "fail, register, PROCESS",
        "register, register, PROCESS",
        "skip, validate, PROCESS",
    })
    void objectsOfNoBytesAreNoDataWhereNobodyReadsThem(String onEmpty, String processor, NextStep next) {
        empty("part-0.json");

        assertThat(fixture.detect(NAMES + ", 'onEmpty': '" + onEmpty + "', 'processor': {'type': '" + processor + "'}")
                        .next())
                .isEqualTo(next);
    }

    @Test
    void emptyPartitionThatIsFilledIsNew() {
        empty("_SUCCESS");
        fixture.data("dt=2026-11-18/hour=12");

        assertThat(fixture.detect(SKIP).detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
    }

    @Test
    void calendarRegistersWhatIsEmpty() {
        empty("");

        DetectorAnswer answer = fixture.detect(
                NAMES + ", 'detection': {'mode': 'calendar', 'from': '2026-11-18T12:00', 'to': '2026-11-18T13:00'}");

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
    }

    /** Of the table that was dropped; the new one has neither failed nor is it late. */
    @Test
    void tableThatIsCreatedAgainHasNoFailuresOfTheDroppedOne() {
        fixture.data("dt=2026-11-18/hour=11").processed("dt=2026-11-18/hour=11", "2026-11-18", "11");
        fixture.settled().outstanding("flights/dt=2026-11-18/hour=13/", "2026-11-18", "13");
        fixture.dropTable();
        fixture.clock.advance(Duration.ofHours(1));
        fixture.table("");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
    }

    @Test
    void waitingPartitionsAreCountedWhereNothingIsNew() {
        fixture.data("dt=2026-11-18/hour=12");

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isEqualTo(1);
    }
}
