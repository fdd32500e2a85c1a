package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static io.fanin.detector.RegisteredHours.noons;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mode {@code list}: once a table has progress, only partitions from the lookback before it are listed. */
class ListWindowTest {

    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final String WAITING = ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void onlyTheWindowIsListedAndAskedFor() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("dt=2026-11-02/hour=13", "dt=2026-11-19/hour=12").quiet();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(report().from()).hasValue("2026-11-16T12:00");
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-19/hour=12/");
        assertThat(answer.detection().found()).isEqualTo(4);
        assertThat(fixture.listed())
                .containsExactlyInAnyOrder(
                        "lake/flights/",
                        "lake/flights/dt=2026-11-16/",
                        "lake/flights/dt=2026-11-17/",
                        "lake/flights/dt=2026-11-18/",
                        "lake/flights/dt=2026-11-19/");
        assertThat(fixture.aws.log().calls("GetPartitions"))
                .extracting(call -> call.fact("Expression"))
                .containsExactly("dt >= '2026-11-16'");
        assertThat(fixture.aws.log().count("BatchGetPartition")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 2026-11-18T12:00, 1", "PT24H, 2026-11-17T12:00, 2", "P10D, 2026-11-08T12:00, 11"})
    void lookbackSaysHowFarTheWindowReachesBack(String lookback, String from, int found) {
        fixture.table("");
        noons(fixture, 1, 18).settled();

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'lookback': '" + lookback + "'}");

        assertThat(report().from()).hasValue(from);
        assertThat(answer.detection().found()).isEqualTo(found);
    }

    /** The data of one region's October may come when that of another one's November is there. */
    @ParameterizedTest
    @CsvSource({
        "year:int month:int region:string, year=2026/month=11, year=2026/month=10, year=2026/month=9",
        "year:int region:string,           year=2026,          year=2025,          year=2024",
        "year:int day:int region:string,   year=2026/day=1,    year=2025/day=365,  year=2024/day=366",
        "ym:string:yyyy-MM region:string,  ym=2026-11,         ym=2026-10,         ym=2026-09",
    })
    void windowBeginsWithAWholePeriod(String keys, String newest, String before, String old) {
        fixture.tableOf(RandomTable.json(keys.strip().replace(" ", ", ")), "hive")
                .foreign(
                        newest + "/region=eu",
                        (newest + "/eu").replaceAll("[a-z]+=", "").split("/", -1))
                .data(before + "/region=eu")
                .processed(
                        before + "/region=eu",
                        (before + "/eu").replaceAll("[a-z]+=", "").split("/", -1))
                .settled();
        fixture.data(before + "/region=us", old + "/region=us");
        fixture.aws.s3().put("lake", "flights/" + before + "/region=eu/late.json", "{}");

        fixture.detect(NAMES);

        assertThat(fixture.prefixes())
                .containsExactlyInAnyOrder("flights/" + before + "/region=eu/", "flights/" + before + "/region=us/");
    }

    /** A listing of the window does not show it; where it was, a processor would find a partition without data. */
    @Test
    void dataThatHasMovedBeforeTheWindowIsProcessedWhereItLies() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("dt=2026-11-02/hour=1%37").outstanding("flights/dt=2026-11-02/hour=17/", "2026-11-02", "17");

        fixture.detect(NAMES);

        assertThat(fixture.work()).containsExactly(partition("flights/dt=2026-11-02/hour=1%37/", "2026-11-02", "17"));
        assertThat(fixture.listed()).contains("lake/flights/dt=2026-11-02/");
    }

    /** The name sorts before the window's, whose catalog shows the partition. */
    @Test
    void dataThatHasMovedBesideTheWindowIsProcessedThoughItIsRegistered() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("dt=2026-11-16/hour=1%37")
                .registeredAt("s3://lake/flights/dt=2026-11-16/hour=17/", "2026-11-16", "17")
                .failedStanding("flights/dt=2026-11-16/hour=17/", "2026-11-16", "17");

        fixture.detect(NAMES);

        assertThat(fixture.work()).containsExactly(partition("flights/dt=2026-11-16/hour=1%37/", "2026-11-16", "17"));
    }

    @Test
    void failuresBeforeTheWindowTakeOneListingForEachFolder() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        IntStream.range(0, 5)
                .forEach(hour -> fixture.data("dt=2026-11-02/hour=" + hour)
                        .outstanding("flights/dt=2026-11-02/hour=" + hour + "/", "2026-11-02", String.valueOf(hour)));

        fixture.detect(NAMES);

        assertThat(fixture.prefixes()).hasSize(5);
        assertThat(fixture.listed()).containsOnlyOnce("lake/flights/dt=2026-11-02/");
    }

    @Test
    void dataThatNeverCameIsLookedForWhereItWasExpected() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.outstanding("flights/dt=2026-11-02/hour=7/", "2026-11-02", "7");

        fixture.detect(NAMES);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-02/hour=7/");
    }

    /** The listing and the catalog's window have the same bounds, including the first period. */
    @Test
    void nothingOfTheWindowIsNewOnceItIsRegistered() {
        fixture.table("");
        noons(fixture, 1, 18).settled();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(report().counts().registered()).isEqualTo(3);
    }

    /** The parameters are a copy for readers: what is believed is the record. */
    @Test
    void parametersOfTheTableDoNotMoveTheWindow() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.catalog.updateParameters(
                fixture.catalog.table(DetectorFixture.FLIGHTS).orElseThrow(), before -> {
                    Map<String, String> after = new HashMap<>(before);
                    after.put("fanin.complete_through", "2026-11-30T00:00");
                    return after;
                });

        fixture.detect(NAMES);

        assertThat(report().from()).hasValue("2026-11-16T12:00");
    }

    @Test
    void failureBeforeTheWindowIsRetried() {
        fixture.table("");
        noons(fixture, 1, 18)
                .data("dt=2026-11-01/hour=13")
                .outstanding("flights/dt=2026-11-01/hour=13/", "2026-11-01", "13")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-01/hour=13/");
        assertThat(fixture.listed()).containsOnlyOnce("lake/flights/dt=2026-11-01/");
    }

    @Test
    void failureBeforeTheWindowThatSomebodyElseRegisteredIsNoticed() {
        fixture.table("");
        noons(fixture, 1, 18)
                .data("dt=2026-11-01/hour=13")
                .outstanding("flights/dt=2026-11-01/hour=13/", "2026-11-01", "13")
                .settled();
        fixture.registered("2026-11-01", "13");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.partitions()).isZero();
    }

    @Test
    void oldPartitionThatFailsNowDoesNotWidenTheWindow() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.outstanding("flights/dt=2026-11-01/hour=13/", "2026-11-01", "13")
                .settled();
        fixture.quiet();

        fixture.detect(NAMES);

        assertThat(report().from()).hasValue("2026-11-16T12:00");
        assertThat(fixture.listed()).hasSize(4 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dt=2026-11-18/hour=" + NULL, "dt=" + NULL + "/hour=7"})
    void registeredPartitionWhoseValuesSayNoMomentIsNotNewAgain(String path) {
        fixture.table("");
        noons(fixture, 1, 18)
                .data(path)
                .registered(path.replaceAll("(dt|hour)=", "").split("/", -1));
        fixture.settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(report().from()).hasValue("2026-11-16T12:00");
        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().found()).isEqualTo(4);
        assertThat(report().counts().registered()).isEqualTo(4);
    }

    @Test
    void partitionWithoutATimeIsFoundIfTheListingReachesIt() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("dt=" + NULL + "/hour=7", "dt=2026-11-18/hour=" + NULL, "dt=2026-11-02/hour=" + NULL);

        fixture.detect(NAMES);

        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2026-11-18/hour=" + NULL + "/", "flights/dt=" + NULL + "/hour=7/");
    }

    @Test
    void waitingPeriodHoldsTheWindowOpenUntilItIsSettled() {
        fixture.table("");
        noons(fixture, 1, 18);
        fixture.data("dt=2026-11-05/hour=13").settledBy(WAITING);
        noons(fixture, 19, 19);

        fixture.detect("waits", json("{" + NAMES + WAITING + "}"));
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/hour=13/_SUCCESS", "");
        DetectorAnswer ready = fixture.detect(NAMES + WAITING);

        assertThat(report("waits").from()).hasValue("2026-11-03T13:00");
        assertThat(report("waits").counts().waiting().count()).isEqualTo(1);
        assertThat(report("waits").open()).hasValue("2026-11-05T13:00");
        assertThat(ready.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-05/hour=13/");

        fixture.registered("2026-11-05", "13").settledBy(WAITING);
        fixture.detect("after", json("{" + NAMES + WAITING + "}"));
        assertThat(report("after").from()).hasValue("2026-11-17T12:00");
    }

    @Test
    void periodInConflictHoldsTheWindowOpenUntilItIsSettled() {
        fixture.table("");
        noons(fixture, 1, 18);
        fixture.data("dt=2026-11-05/hour=7", "dt=2026-11-05/hour=07").settled();

        DetectorAnswer conflict = fixture.detect("conflict", json("{" + NAMES + "}"));
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-05/hour=07/part-0.json");
        fixture.detect(NAMES);

        assertThat(report("conflict").from()).hasValue("2026-11-03T07:00");
        assertThat(conflict.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-05/hour=7/");
    }

    /** A table of a year's hours, read through a window of two days. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int    | hive                              | year=%d/month=%d/day=%d/hour=%d",
                "int    | hive                              | year=%d/month=%02d/day=%02d/hour=%02d",
                "string | hive                              | year=%d/month=%02d/day=%02d/hour=%02d",
                "string | ${year}/${month}/${day}/${hour}   | %d/%02d/%02d/%02d",
                "int    | v1/${year}-${month}/${day}/${hour} | v1/%d-%02d/%02d/%02d",
            })
    void windowCostsWhatIsInIt(String type, String layout, String path) {
        fixture.tableOf(
                "["
                        + Stream.of("year", "month", "day", "hour")
                                .map(name -> "{'name': '" + name + "', 'type': '" + type + "'}")
                                .collect(Collectors.joining(", "))
                        + "]",
                layout);
        for (LocalDateTime hour = LocalDateTime.of(2025, 11, 18, 0, 0);
                hour.isBefore(LocalDateTime.of(2026, 11, 18, 6, 0));
                hour = hour.plusHours(6)) {
            Object[] numbers = {hour.getYear(), hour.getMonthValue(), hour.getDayOfMonth(), hour.getHour()};
            String written = path.formatted(numbers);
            fixture.data(written);
            fixture.registered(Stream.of(written.replaceAll("[a-z]+=|v1/", "").split("[-/]", -1))
                    .toArray(String[]::new));
        }
        fixture.settled();
        fixture.data(path.formatted(2026, 11, 18, 6), path.formatted(2026, 11, 18, 7))
                .quiet();

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'lateData': false}");

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 2L));
        assertThat(answer.detection().found()).isEqualTo(11);
        assertThat(fixture.listed()).hasSizeLessThanOrEqualTo(6);
        assertThat(fixture.glueRequests())
                .as("the table, and a page of partitions")
                .isEqualTo(2);
    }

    private DetectionReport report() {
        return report("r1");
    }

    private DetectionReport report(String run) {
        return fixture.detection(run).orElseThrow();
    }
}
