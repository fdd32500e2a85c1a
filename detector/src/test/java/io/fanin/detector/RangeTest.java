package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.TableRecords;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backfills: the partitions between two moments, and the requests to find them. */
class RangeTest {

    private static final String UNITS = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns':"
            + " [{'name': 'carrier', 'type': 'string'}], 'partitionKeys': [{'name': 'year', 'type': 'int'}, {'name':"
            + " 'month', 'type': 'int'}, {'name': 'day', 'type': 'int'}, {'name': 'hour', 'type': 'int'}]";

    private static final String ONE_KEY = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns':"
            + " [{'name': 'carrier', 'type': 'string'}], 'layout': '${at}', 'partitionKeys': [{'name': 'at', 'type':"
            + " 'string', 'format': 'yyyy/MM/dd/HH'}]";

    private final DetectorFixture fixture = new DetectorFixture();

    private static String range(String from, String to) {
        return ", 'detection': {'mode': 'range', 'from': '" + from + "', 'to': '" + to + "'}";
    }

    @Test
    void beginsWithTheFirstMomentAndEndsBeforeTheLast() {
        fixture.data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17", "dt=2013-02-09/hour=2", "dt=2013-02-09/hour=3");

        DetectorAnswer answer = fixture.detect(COMPLETE + range("2013-02-08T17:00", "2013-02-09T03:00"));

        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2013-02-08/hour=17/", "flights/dt=2013-02-09/hour=2/");
        assertThat(answer.detection().found()).isEqualTo(2);
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 2L));
    }

    @Test
    void onlyDaysWithinTheRangeAreListed() {
        IntStream.rangeClosed(1, 28).forEach(day -> fixture.data("dt=2013-02-%02d/hour=0".formatted(day)));
        fixture.quiet();

        fixture.detect(COMPLETE + range("2013-02-08T12:00", "2013-02-10"));

        assertThat(fixture.listed())
                .containsExactlyInAnyOrder(
                        "lake/flights/", "lake/flights/dt=2013-02-08/", "lake/flights/dt=2013-02-09/");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "%d/%02d/%02d/%02d, true",
                "year=%d/month=%02d/day=%02d/hour=%02d, false",
                "year=%d/month=%d/day=%d/hour=%d, false"
            })
    void everyLevelIsPruned(String path, boolean oneKey) {
        for (LocalDateTime hour = LocalDateTime.of(2012, 11, 1, 0, 0);
                hour.isBefore(LocalDateTime.of(2013, 3, 1, 0, 0));
                hour = hour.plusHours(6)) {
            fixture.data(path.formatted(hour.getYear(), hour.getMonthValue(), hour.getDayOfMonth(), hour.getHour()));
        }
        fixture.quiet();

        fixture.detect((oneKey ? ONE_KEY : UNITS) + range("2013-02-08T12:00", "2013-02-09T12:00"));

        assertThat(fixture.work()).hasSize(4);
        assertThat(fixture.listed()).hasSize(5);
    }

    @Test
    void keysAboveTheTimeAreWalkedInFull() {
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'carrier',"
                + " 'type': 'string'}], 'partitionKeys': [{'name': 'region', 'type': 'string'}, {'name': 'dt', 'type':"
                + " 'date'}, {'name': 'shard', 'type': 'int'}]";
        for (String region : List.of("eu", "us")) {
            IntStream.rangeClosed(1, 9)
                    .forEach(day -> fixture.data("region=" + region + "/dt=2013-02-0" + day + "/shard=0"));
        }
        fixture.quiet();

        fixture.detect(spec + range("2013-02-08", "2013-02-09"));

        assertThat(fixture.prefixes())
                .containsExactly(
                        "flights/region=eu/dt=2013-02-08/shard=0/", "flights/region=us/dt=2013-02-08/shard=0/");
        assertThat(fixture.listed()).hasSize(5);
    }

    @Test
    void catalogIsAskedForTheCandidatesAlone() {
        fixture.table("")
                .data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17")
                .registered("2013-02-08", "16")
                .quiet();

        DetectorAnswer answer = fixture.detect(NAMES + range("2013-02-08", "2013-02-09"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
        assertThat(answer.detection().found()).isEqualTo(2);
        assertThat(fixture.aws.log().count("GetPartitions")).isZero();
        assertThat(fixture.aws.log().count("BatchGetPartition")).isEqualTo(1);
        assertThat(fixture.glueRequests()).as("the table, and the partitions").isEqualTo(2);
    }

    @Test
    void numberThatIsRegisteredInAnotherFormIsRegistered() {
        fixture.table("").data("dt=2013-02-08/hour=07", "dt=2013-02-08/hour=8").registered("2013-02-08", "7");
        fixture.registered("2013-02-08", "08");

        assertThat(fixture.detect(NAMES + range("2013-02-08", "2013-02-09")).next())
                .isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void failuresWithinTheRangeAreRetriedAndOthersLeftAlone() {
        fixture.table("")
                .data("dt=2013-02-08/hour=17", "dt=2013-02-09/hour=17")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .outstanding("flights/dt=2013-02-08/hour=18/", "2013-02-08", "18")
                .outstanding("flights/dt=2013-02-09/hour=17/", "2013-02-09", "17");

        DetectorAnswer answer = fixture.detect(NAMES + range("2013-02-08", "2013-02-09"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 2L));
        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2013-02-08/hour=17/", "flights/dt=2013-02-08/hour=18/");
        assertThat(new TableRecords(fixture.state).read(DetectorFixture.FLIGHTS).outstanding())
                .hasSize(3);
    }

    @Test
    void partitionThatSaysNoMomentIsInNoRange() {
        fixture.data("dt=__HIVE_DEFAULT_PARTITION__/hour=17", "dt=2013-02-08/hour=99", "dt=2013-02-08/hour=17");

        fixture.detect(COMPLETE + range("2013-02-08", "2013-02-09"));

        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17"));
    }

    @Test
    void tableWhoseKeysAreNoTimesIsRefused() {
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'carrier',"
                + " 'type': 'string'}], 'partitionKeys': [{'name': 'region', 'type': 'string'}]";

        assertThatThrownBy(() -> fixture.detect(spec + range("2013-02-08", "2013-02-09")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.detection.mode: range needs keys that are times (of type"
                        + " date or timestamp, with a format, or called year, month, day, hour), and the table's are"
                        + " [region]");
        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.writes()).isEmpty();
    }

    /** The findings of a range are those of a complete walk within it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rangeEqualsTheFilteredWholeWalk(long seed) {
        Random random = new Random(seed);
        boolean oneKey = random.nextBoolean();
        String spec = oneKey ? ONE_KEY : UNITS;
        String form = oneKey
                ? "%d/%02d/%02d/%02d"
                : random.nextBoolean() ? "year=%d/month=%02d/day=%02d/hour=%02d" : "year=%d/month=%d/day=%d/hour=%d";
        for (int i = 0; i < 300; i++) {
            LocalDateTime hour = LocalDateTime.of(2012, 6, 1, 0, 0).plusHours(random.nextInt(12_000));
            fixture.data(form.formatted(hour.getYear(), hour.getMonthValue(), hour.getDayOfMonth(), hour.getHour()));
        }
        fixture.data("_tmp", "year=x/month=1/day=1/hour=1", "2012/13/01/00", "year=2012/month=12/day=31/hour=99");
        fixture.detect("whole", DetectorFixture.json("{" + spec + "}"));
        List<Partition> whole = fixture.work("whole");
        for (int i = 0; i < 20; i++) {
            LocalDateTime from = LocalDateTime.of(2012, 5, 1, 0, 0).plusHours(random.nextInt(13_000));
            LocalDateTime to = from.plusHours(1 + random.nextInt(random.nextBoolean() ? 48 : 6_000));
            fixture.quiet();
            DetectorAnswer answer = fixture.detect(
                    "range-" + i, DetectorFixture.json("{" + spec + range(from.toString(), to.toString()) + "}"));

            List<Partition> expected = whole.stream()
                    .filter(partition -> isWithin(moment(partition), from, to))
                    .toList();
            List<Partition> found = answer.next() == NextStep.PROCESS ? fixture.work("range-" + i) : List.of();
            assertThat(found).as("from %s to %s, seed %s", from, to, seed).isEqualTo(expected);
        }
    }

    private static boolean isWithin(LocalDateTime moment, LocalDateTime from, LocalDateTime to) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    private static LocalDateTime moment(Partition partition) {
        int[] numbers = IntStream.range(0, 4)
                .map(i -> Integer.parseInt(
                        partition.prefix().split("/", -1)[i + 1].replaceFirst("^.*=", "")))
                .toArray();
        return numbers[3] > 23
                ? LocalDateTime.MAX
                : LocalDateTime.of(numbers[0], numbers[1], numbers[2], numbers[3], 0);
    }
}
