package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.keyed;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The periods that must exist between two moments, whether S3 has them or not. */
class DetectedCalendarTest {

    private final DetectorFixture fixture = new DetectorFixture();

    private static String calendar(String fields) {
        return ", 'detection': {'mode': 'calendar', " + fields + "}";
    }

    private static String between(String from, String to) {
        return calendar("'from': '" + from + "', 'to': '" + to + "'");
    }

    @Test
    void everyPeriodBetweenTheTwoMomentsIsNew() {
        DetectorAnswer answer = fixture.detect(COMPLETE + between("2026-11-18T22:00", "2026-11-19T02:00"));

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 4L));
        assertThat(fixture.work())
                .containsExactly(
                        partition("flights/dt=2026-11-18/hour=22/", "2026-11-18", "22"),
                        partition("flights/dt=2026-11-18/hour=23/", "2026-11-18", "23"),
                        partition("flights/dt=2026-11-19/hour=00/", "2026-11-19", "00"),
                        partition("flights/dt=2026-11-19/hour=01/", "2026-11-19", "01"));
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void periodsOfSeveralHoursBeginWithTheDay() {
        fixture.detect(
                keyed(RandomTable.json("dt:date, hour:int/6")) + between("2026-11-18T01:00", "2026-11-19T00:30"));

        assertThat(fixture.prefixes())
                .containsExactly(
                        "flights/dt=2026-11-18/hour=06/",
                        "flights/dt=2026-11-18/hour=12/",
                        "flights/dt=2026-11-18/hour=18/",
                        "flights/dt=2026-11-19/hour=00/");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-18T22:30, 2026-11-19T00:00, 1",
        "2026-11-18T22:00, 2026-11-18T22:30, 1",
        "2026-11-18T22:00, 2026-11-18T23:30, 2",
        "2026-11-18T22:01, 2026-11-18T22:59, 0",
        "2026-11-18, 2026-11-19, 24",
        "2024-02-28, 2024-03-01, 48",
        "2025-12-31T23:00, 2026-01-01T01:00, 2",
    })
    void periodsThatBeginWithinAreMeant(String from, String to, int periods) {
        assertThat(fixture.detect(COMPLETE + between(from, to)).partitions()).isEqualTo(periods);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'past': 'PT2H'                                       | 2026-11-20T10:00:00Z | 2026-11-20/08, 2026-11-20/09",
                "'ahead': 'PT2H'                                      | 2026-11-20T10:00:00Z | 2026-11-20/10, 2026-11-20/11",
                "'past': 'PT1H', 'ahead': 'PT1H'                      | 2026-11-20T10:00:00Z | 2026-11-20/09, 2026-11-20/10",
                "'past': 'PT1H', 'ahead': 'PT1H'                      | 2026-11-20T10:20:00Z | 2026-11-20/10, 2026-11-20/11",
                "'ahead': 'PT2H', 'zone': 'Asia/Kolkata'              | 2026-11-20T19:30:00Z | 2026-11-21/01, 2026-11-21/02",
                "'ahead': 'PT1H', 'zone': 'America/New_York'          | 2026-11-20T04:00:00Z | 2026-11-19/23",
                "'ahead': 'PT1H', 'zone': '+02:00'                    | 2026-11-20T23:00:00Z | 2026-11-21/01",
            })
    void periodsLieAroundTheRunsTimeInTheZone(String fields, String time, String expected) {
        fixture.detect(COMPLETE + calendar(fields) + ", 'time': '" + time + "'");

        assertThat(fixture.work())
                .extracting(one -> String.join("/", one.values().values()))
                .containsExactly(expected.split(", ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "year:int, month:int, day:int, hour:int       | hive                              | year=2026/month=03/day=08/hour=07/ | 2026,03,08,07",
                "year:string, month:string, day:string, hour:string | ${year}/${month}/${day}/${hour} | 2026/03/08/07/                | 2026,03,08,07",
                "dt:date, hour:string                         | hive                              | dt=2026-03-08/hour=07/             | 2026-03-08,07",
                "at:timestamp:yyyy/MM/dd/HH                   | in/${at}                          | in/2026/03/08/07/                  | 2026-03-08 07:00:00",
                "at:string:yyyy-MM-dd-HH                      | hive                              | at=2026-03-08-07/                  | 2026-03-08-07",
                "dt:date:yyyyMMdd, hour:int                   | ${dt}/${hour}                     | 20260308/07/                       | 2026-03-08,07",
            })
    void valuesAndPrefixesAreWrittenAsTheKeysSay(String keys, String layout, String path, String values) {
        fixture.detect(keyed(RandomTable.json(keys)) + ", 'layout': '" + layout + "'"
                + between("2026-03-08T07:00", "2026-03-08T08:00"));

        assertThat(fixture.work()).containsExactly(partition("flights/" + path, values.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "year:int                       | 2024-06-01 | 2027-01-01 | 2025; 2026",
                "year:int, month:int            | 2025-11-15 | 2026-02-01 | 2025,12; 2026,01",
                "dt:date                        | 2024-02-28 | 2024-03-02 | 2024-02-28; 2024-02-29; 2024-03-01",
                "at:string:yyyyMMddHHmm         | 2026-11-18T23:59 | 2026-11-19T00:01 | 202611182359; 202611190000",
            })
    void periodIsAsLongAsTheKeysSay(String keys, String from, String to, String expected) {
        fixture.detect(keyed(RandomTable.json(keys)) + between(from, to));

        assertThat(fixture.work())
                .extracting(one -> String.join(",", one.values().values()))
                .containsExactly(expected.split("; ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "region:string                | calendar needs keys that are times",
                "region:string, dt:date       | calendar needs keys that tell a period and nothing else, and the table's are [region, dt]",
                "at:timestamp                 | calendar needs keys that tell a period and nothing else, and the table's are [at]",
                "year:int, hour:int           | calendar needs keys that tell a period and nothing else, and the table's are [year, hour]",
            })
    void keysThatTellNoPeriodAreRefused(String keys, String why) {
        assertThatThrownBy(() -> fixture.detect(keyed(RandomTable.json(keys)) + between("2026-11-18", "2026-11-19")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageStartingWith("The table spec cannot be run: $.detection.mode: " + why);
        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
    }

    @Test
    void morePeriodsThanAMillionAreRefused() {
        assertThatThrownBy(() -> fixture.detect(COMPLETE + between("1900-01-01", "2026-01-01")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.detection: expected at most 1000000 periods between the two"
                                + " moments, found 1104504");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'from': '2026-11-18'                                            | calendar needs from and to, or one of past and ahead",
                "'zone': 'UTC'                                                   | calendar needs from and to, or one of past and ahead",
                "'from': '2026-11-18', 'to': '2026-11-19', 'past': 'PT1H'        | calendar needs from and to, or one of past and ahead",
                "'from': '2026-11-19', 'to': '2026-11-19'                        | expected a moment after $.detection.from",
                "'past': 'PT1H', 'zone': 'Mars/Olympus'                          | expected a time zone such as UTC",
                "'past': '-PT1H'                                                 | expected a duration such as",
            })
    void momentsThatMakeNoSenseAreRefused(String fields, String why) {
        assertThatThrownBy(() -> fixture.detect(COMPLETE + calendar(fields)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"07, 8", "7, 08"})
    void registeredPeriodsAreLeftOutInWhicheverForm(String seven, String eight) {
        fixture.table("").registered("2026-11-18", seven).registered("2026-11-18", eight);

        DetectorAnswer answer = fixture.detect(NAMES + between("2026-11-18T06:00", "2026-11-18T10:00"));

        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2026-11-18/hour=06/", "flights/dt=2026-11-18/hour=09/");
        assertThat(fixture.detection().orElseThrow().counts().registered()).isEqualTo(2);
        assertThat(answer.detection().found()).isEqualTo(4);
    }

    @Test
    void registeredPeriodIsNotProcessedAgainWhateverLiesInIt() {
        fixture.table("").data("dt=2026-11-18/hour=07").processed("dt=2026-11-18/hour=07", "2026-11-18", "07");
        fixture.data("dt=2026-11-18/hour=07/later");

        assertThat(fixture.detect(NAMES + between("2026-11-18T07:00", "2026-11-18T08:00"))
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void catalogIsReadAThousandAtATimeWithoutListingS3() {
        fixture.table("");

        fixture.detect(NAMES + between("2026-01-01", "2026-04-01"));

        assertThat(fixture.work()).hasSize(90 * 24);
        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.aws.log().count("GetPartitions")).isZero();
        assertThat(fixture.aws.log().count("BatchGetPartition")).isEqualTo(5);
    }

    @Test
    void failuresAmongThePeriodsAreRetriedOnceAndOthersLeftAlone() {
        fixture.table("")
                .outstanding("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7")
                .outstanding("flights/dt=2013-02-08/hour=1/", "2013-02-08", "1");

        DetectorAnswer answer = fixture.detect(NAMES + between("2026-11-18T07:00", "2026-11-18T09:00"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L, Reason.NEW, 1L));
        assertThat(fixture.work())
                .as("where they lay when they failed")
                .containsExactly(
                        partition("flights/dt=2026-11-18/hour=08/", "2026-11-18", "08"),
                        partition("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7"));
    }

    /** A calendar registers what is empty: what had data once is none of its. */
    @Test
    void failureOfAPeriodThatStandsRegisteredIsLeftToOthers() {
        fixture.table("").data("dt=2026-11-18/hour=7").processed("dt=2026-11-18/hour=7", "2026-11-18", "7");
        fixture.failedStanding("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7");

        DetectorAnswer answer = fixture.detect(NAMES + between("2026-11-18T07:00", "2026-11-18T08:00"));

        assertThat(answer.partitions()).isZero();
    }

    /** What a producer fills later is what a list finds, which alone says how far the table is. */
    @Test
    void calendarSaysNothingOfHowFarTheTableIs() {
        fixture.table("").registered("2026-11-18", "07");
        fixture.data("dt=2026-11-18/hour=07");

        DetectorAnswer answer = fixture.detect(NAMES + between("2026-11-18T07:00", "2026-11-18T08:00"));

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void secondRunFindsWhatTheFirstHasLeft(int registered) {
        fixture.table("");
        IntStream.range(0, registered).forEach(hour -> fixture.registered("2026-11-18", "0" + hour));

        assertThat(fixture.detect(NAMES + between("2026-11-18", "2026-11-18T03:00"))
                        .partitions())
                .isEqualTo(3 - registered);
    }
}
