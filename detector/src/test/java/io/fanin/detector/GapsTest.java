package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.TestForms;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.MissingPeriods.Stretch;
import io.fanin.model.spec.SpecException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The periods without a prefix between the first and the newest. */
class GapsTest {

    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void missingPeriodsAreCountedAndNamed(String more) {
        fixture.data("dt=2026-11-18/hour=22", "dt=2026-11-19/hour=1", "dt=2026-11-19/hour=2", "dt=2026-11-19/hour=4");

        DetectorAnswer answer = fixture.detect(COMPLETE + more);

        assertThat(answer.detection().missing()).isEqualTo(3);
        assertThat(answer.detection().missingSample())
                .containsExactly("2026-11-18T23:00 to 2026-11-19T00:00", "2026-11-19T03:00");
        assertThat(report().counts().missing().sample())
                .containsExactly(
                        new Stretch("2026-11-18T23:00", "2026-11-19T00:00", 2),
                        new Stretch("2026-11-19T03:00", "2026-11-19T03:00", 1));
    }

    @Test
    void nothingIsMissingBeforeTheFirstOrAfterTheNewest() {
        fixture.data("dt=2026-11-18/hour=22", "dt=2026-11-18/hour=23");

        assertThat(fixture.detect(COMPLETE).detection().missing()).isZero();
        assertThat(report().counts().missing()).isEqualTo(MissingPeriods.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "year:int                            | year=2020, year=2024                                 | 3",
                "year:int month:int                  | year=2025/month=11, year=2026/month=02               | 2",
                "year:int month:int day:int          | year=2024/month=2/day=27, year=2024/month=3/day=1    | 2",
                "dt:date                             | dt=2023-12-30, dt=2024-01-03                         | 3",
                "dt:date hour:int                    | dt=2024-02-28/hour=23, dt=2024-03-01/hour=0          | 24",
                "at:string:yyyy-MM-dd-HH             | at=2026-11-01-00, at=2026-11-01-02                   | 1",
                "at:timestamp:yyyyMMddHHmm           | at=202611010000, at=202611010005                     | 4",
                "dt:date hour:int minute:int         | dt=2026-11-01/hour=0/minute=0, dt=2026-11-01/hour=1/minute=0 | 59",
            })
    void periodIsAsLongAsTheKeysSay(String keys, String paths, long missing) {
        fixture.data(paths.split(", ", -1));

        assertThat(fixture.detect(keyed(RandomTable.json(keys.strip().replace(" ", ", "))))
                        .detection()
                        .missing())
                .isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dt:date hour:int minute:int/15 | dt=2026-11-01/hour=0/minute=0, dt=2026-11-01/hour=1/minute=0   | 3 | 2026-11-01T00:15 to 2026-11-01T00:45",
                "dt:date hour:int minute:int/20 | dt=2026-11-01/hour=0/minute=0, dt=2026-11-01/hour=0/minute=45  | 1 | 2026-11-01T00:20",
                "dt:date hour:int/6             | dt=2026-11-01/hour=0, dt=2026-11-01/hour=6, dt=2026-11-02/hour=0 | 2 | 2026-11-01T12:00 to 2026-11-01T18:00",
                "year:int month:int/3           | year=2025/month=10, year=2026/month=4, year=2026/month=7       | 1 | 2026-01-01T00:00",
                "at:string:yyyyMMddHHmm/30      | at=202611010000, at=202611010030                               | 0 | ``",
            })
    void intervalSaysHowManyUnitsAPeriodHas(String keys, String paths, long missing, String sample) {
        fixture.data(paths.split(", ", -1));

        DetectorAnswer answer =
                fixture.detect(keyed(RandomTable.json(keys.strip().replace(" ", ", "))) + FULL);

        assertThat(answer.detection().missing()).isEqualTo(missing);
        assertThat(String.join(", ", answer.detection().missingSample())).isEqualTo(sample);
    }

    /** A gap of only one region is not a gap of the table. */
    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void regionsAboveTheTimeCoverOneAnother(String more) {
        String keys = "[{'name': 'region', 'type': 'string'}, {'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type':"
                + " 'int'}]";
        fixture.data(
                "region=eu/dt=2026-11-18/hour=1",
                "region=us/dt=2026-11-18/hour=2",
                "region=us/dt=2026-11-18/hour=1",
                "region=eu/dt=2026-11-18/hour=5");

        DetectorAnswer answer = fixture.detect(keyed(keys) + more);

        assertThat(answer.detection().missing()).isEqualTo(2);
        assertThat(answer.detection().missingSample()).containsExactly("2026-11-18T03:00 to 2026-11-18T04:00");
    }

    /** In Berlin 2 o'clock was not there, or was there twice: what a producer leaves out is told as it writes it. */
    @ParameterizedTest
    @CsvSource({"2026-03-29, 2, 1", "2026-10-25, 24, 0"})
    void daysHaveTwentyFourHoursWhateverTheClocksDid(String day, int left, long missing) {
        IntStream.range(0, 24)
                .filter(hour -> hour != left)
                .forEach(hour -> fixture.data("dt=" + day + "/hour=" + hour));

        assertThat(fixture.detect(COMPLETE).detection().missing()).isEqualTo(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void partitionFarAheadMakesNoGaps(String more) {
        fixture.data("dt=2026-11-18/hour=1", "dt=2026-11-18/hour=3", "dt=2099-01-01/hour=0");

        DetectorAnswer answer = fixture.detect(COMPLETE + more);

        assertThat(answer.detection().missing()).isEqualTo(1);
        assertThat(answer.partitions()).isEqualTo(3);
    }

    @Test
    void periodsWhoseValuesSayNoMomentCoverNothing() {
        fixture.data(
                "dt=2026-11-18/hour=1",
                "dt=2026-11-18/hour=__HIVE_DEFAULT_PARTITION__",
                "dt=2026-11-18/hour=99",
                "dt=2026-11-18/hour=3");

        assertThat(fixture.detect(COMPLETE).detection().missing()).isEqualTo(1);
    }

    @Test
    void periodThatWaitsOrIsInConflictIsNotMissing() {
        fixture.data("dt=2026-11-18/hour=1", "dt=2026-11-18/hour=2", "dt=2026-11-18/hour=02", "dt=2026-11-18/hour=3");

        DetectorAnswer answer =
                fixture.detect(COMPLETE + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.detection().waiting()).isEqualTo(2);
        assertThat(answer.detection().missing()).isZero();
    }

    @Test
    void periodThatIsRegisteredAndHasNoPrefixIsMissing() {
        fixture.table("").data("dt=2026-11-18/hour=1", "dt=2026-11-18/hour=3").registered("2026-11-18", "2");

        assertThat(fixture.detect(NAMES).detection().missing()).isEqualTo(1);
    }

    @Test
    void windowTellsTheGapsWithinItAlone() {
        fixture.table("")
                .data("dt=2026-11-01/hour=1", "dt=2026-11-17/hour=1", "dt=2026-11-18/hour=1")
                .registered("2026-11-01", "1")
                .registered("2026-11-17", "1")
                .registered("2026-11-18", "1")
                .settled();

        assertThat(fixture.detect(NAMES).detection().missing()).isEqualTo(23);
        assertThat(fixture.detect("full", json("{" + NAMES + FULL + "}"))
                        .detection()
                        .missing())
                .isEqualTo(17 * 24 - 2);
    }

    /** A retried failure is all that such a run sees of the time before its window. */
    @ParameterizedTest
    @ValueSource(strings = {"report", "outstanding"})
    void periodsBetweenAnOldFailureAndTheWindowAreNotMissing(String gaps) {
        String detection = ", 'detection': {'mode': 'list', 'gaps': '" + gaps + "'}";
        fixture.tableOf("[{'name': 'dt', 'type': 'date'}]", "hive");
        IntStream.rangeClosed(11, 18)
                .mapToObj(day -> "2026-11-" + day)
                .forEach(day -> fixture.data("dt=" + day).registered(day));
        fixture.settledBy(detection);
        fixture.data("dt=2026-11-10").outstanding("flights/dt=2026-11-10/", "2026-11-10");

        DetectorAnswer answer = fixture.detect(NAMES + detection);

        assertThat(report().from().orElseThrow()).startsWith("2026-11-1");
        assertThat(answer.partitions()).as("the failure").isEqualTo(1);
        assertThat(answer.detection().missingSample()).isEmpty();
        assertThat(report().open()).isEmpty();
    }

    @Test
    void gapsAreReportedAndHoldNothingBack() {
        fixture.table("")
                .data("dt=2026-11-18/hour=1", "dt=2026-11-18/hour=3")
                .registered("2026-11-18", "1")
                .registered("2026-11-18", "3")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().missing()).isEqualTo(1);
        assertThat(report().open()).isEmpty();
        assertThat(report().newest()).hasValue("2026-11-18T03:00");
    }

    @Test
    void outstandingGapIsOpen() {
        fixture.data("dt=2026-11-18/hour=1", "dt=2026-11-18/hour=3", "dt=2026-11-18/hour=5");

        fixture.detect(COMPLETE + ", 'detection': {'mode': 'list', 'gaps': 'outstanding'}");

        assertThat(report().open()).hasValue("2026-11-18T02:00");
    }

    /** A window that begins with what is missing would not see that anything is. */
    @ParameterizedTest
    @CsvSource({
        "year:int month:int, year=2026/month=01, year=2026/month=03, 2026-02-01T00:00",
        "year:int month:int, year=2026/month=02, year=2026/month=04, 2026-03-01T00:00",
        "year:int, year=2024, year=2026, 2025-01-01T00:00",
        "dt:date, dt=2026-11-01, dt=2026-11-03, 2026-11-02T00:00",
        "dt:date hour:int, dt=2026-11-01/hour=23, dt=2026-11-02/hour=1, 2026-11-02T00:00",
    })
    void outstandingGapIsSeenByTheNextRun(String keys, String before, String after, String open) {
        String gaps = ", 'detection': {'mode': 'list', 'gaps': 'outstanding', 'lookback': 'PT0S'}";
        fixture.tableOf(RandomTable.json(keys.replace(" ", ", ")), "hive").data(before, after);
        fixture.registered(before.replaceAll("[a-z]+=", "").split("/", -1))
                .registered(after.replaceAll("[a-z]+=", "").split("/", -1))
                .settledBy(gaps);

        fixture.detect(NAMES + gaps);

        assertThat(report().from()).isPresent();
        assertThat(report().open()).hasValue(open);
        assertThat(report().counts().missing().count()).isEqualTo(1);
    }

    /** A job may have died before it wrote anything, and folders may be left from before all data. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void folderWithoutAnythingFillsNoPeriodAndBeginsNoTable(String mode) {
        String gaps = ", 'detection': {'mode': '" + mode + "', 'gaps': 'outstanding'}";
        fixture.table("");
        for (int hour : new int[] {6, 7, 9}) {
            String path = "dt=2026-11-18/hour=" + hour;
            fixture.data(path).processed(path, "2026-11-18", String.valueOf(hour));
        }
        for (int hour : new int[] {3, 8}) {
            fixture.aws.s3().put("lake", "flights/dt=2026-11-18/hour=" + hour + "/_temporary/0/", "");
            PartitionValues values = PartitionValues.of("2026-11-18", String.valueOf(hour));
            fixture.record(record -> record.withEmpty(List.of(values), TestForms.AS_WRITTEN));
        }
        fixture.published();

        fixture.detect(NAMES + gaps);

        assertThat(report().counts().missing().sample())
                .containsExactly(new Stretch("2026-11-18T08:00", "2026-11-18T08:00", 1));
        assertThat(report().open()).hasValue("2026-11-18T08:00");
    }

    /** Whoever begins to count gaps has those before the window, too, however they were seen before. */
    @ParameterizedTest
    @ValueSource(strings = {"", "'mode': 'list'", "'mode': 'full'", "'gaps': 'report'"})
    void gapsBeforeTheWindowCountFromTheFirstRunThatCountsThem(String before) {
        String gaps = ", 'detection': {'mode': 'list', 'gaps': 'outstanding', 'lookback': 'PT48H'}";
        days(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).settledBy(", 'detection': {" + before + "}");

        fixture.detect(NAMES + gaps);

        assertThat(report().open()).hasValue("2026-11-03T00:00");
        assertThat(report().counts().missing().count()).isEqualTo(1);
    }

    /** A period that was there when the gap was first seen may be waived since, or its prefix deleted. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT48H"})
    void outstandingGapIsSeenWithoutThePeriodsBefore(String lookback) {
        String gaps = ", 'detection': {'mode': 'list', 'gaps': 'outstanding', 'lookback': '" + lookback + "'}";
        days(8, 9, 10, 11, 14, 15).settledBy(gaps);
        IntStream.rangeClosed(8, 11)
                .forEach(day -> fixture.aws.s3().delete("lake", "flights/dt=2026-11-%02d/part-0.json".formatted(day)));

        fixture.detect(NAMES + gaps);

        assertThat(report().from()).isPresent();
        assertThat(report().open()).hasValue("2026-11-12T00:00");
        assertThat(report().counts().missing().count()).isEqualTo(2);
    }

    /** A redriven execution has the time at which it was started, which may be days ago. */
    @ParameterizedTest
    @CsvSource({"list, 2026-11-08T10:00:00Z", "list, 2026-11-10T00:00:00Z", "full, 2026-11-08T10:00:00Z"})
    void runOfAnEarlierTimeSeesTheGapsThatLaterOnesHaveSeen(String mode, String time) {
        String gaps = ", 'detection': {'mode': '" + mode + "', 'gaps': 'outstanding'}";
        days(8, 9, 10, 14, 15).settledBy(gaps);

        fixture.detect("r1", json("{" + NAMES + gaps + ", 'time': '" + time + "'}"));

        assertThat(report().newest()).hasValue("2026-11-15T00:00");
        assertThat(report().open()).hasValue("2026-11-11T00:00");
        assertThat(report().counts().missing().count()).isEqualTo(3);
    }

    /** Days of November 2026 that are registered. */
    private DetectorFixture days(int... days) {
        fixture.tableOf("[{'name': 'dt', 'type': 'date'}]", "hive");
        IntStream.of(days)
                .mapToObj("2026-11-%02d"::formatted)
                .forEach(day -> fixture.data("dt=" + day).registered(day));
        return fixture;
    }

    @Test
    void keysThatTellNoPeriodHaveNoGaps() {
        fixture.data("at=2026-11-01 00%3A00%3A00", "at=2026-11-05 00%3A00%3A00");

        assertThat(fixture.detect(keyed("[{'name': 'at', 'type': 'timestamp'}]"))
                        .detection()
                        .missing())
                .isZero();
    }

    @Test
    void gapsOfKeysThatAreNoTimesAreRefused() {
        assertThatThrownBy(() -> fixture.detect(keyed("[{'name': 'region', 'type': 'string'}]")
                        + ", 'detection': {'mode': 'list', 'gaps': 'outstanding'}"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.detection.gaps: gaps needs keys that are times");
    }

    @Test
    void outstandingGapsOfKeysThatTellNoPeriodAreRefused() {
        assertThatThrownBy(() -> fixture.detect(keyed("[{'name': 'at', 'type': 'timestamp'}]")
                        + ", 'detection': {'mode': 'list', 'gaps': 'outstanding'}"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.detection.gaps: outstanding needs keys whose periods have a length");
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }
}
