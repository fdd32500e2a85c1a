package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.layout.Layout;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths that can lead into a range of time. */
class PeriodBoundsTest {

    private static final List<PartitionKey> UNITS = List.of(
            new PartitionKey("year", KeyType.INT),
            new PartitionKey("month", KeyType.INT),
            new PartitionKey("day", KeyType.STRING),
            new PartitionKey("hour", KeyType.STRING));

    private static final List<PartitionKey> DAY_AND_HOUR =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    private static final List<PartitionKey> ONE_KEY = List.of(formatted("at", "yyyy/MM/dd/HH"));

    private static PartitionKey formatted(String name, String format) {
        return new PartitionKey(name, KeyType.STRING, format);
    }

    /** From 2013-02-27T22:00 to 2013-03-02T03:00. */
    private static PeriodBounds bounds(List<PartitionKey> keys) {
        return new PeriodBounds(keys, LocalDateTime.of(2013, 2, 27, 22, 0), LocalDateTime.of(2013, 3, 2, 3, 0));
    }

    private static boolean mayHold(List<PartitionKey> keys, String layout, String path) {
        return bounds(keys).mayHold(Layout.of(layout, keys).known(List.of(path.split("/"))));
    }

    @ParameterizedTest
    @CsvSource({
        "201301,        false",
        "201302,        true",
        "201302/26,     false",
        "201302/27,     true",
        "201302/27/21,  false",
        "201302/27/22,  true",
        "201303/03,     false",
        "201303/xx,     true",
    })
    void unitsAreToldByTheFormatsOfAllKeysTogether(String path, boolean expected) {
        List<PartitionKey> keys = List.of(formatted("ym", "yyyyMM"), formatted("d", "dd"), formatted("h", "HH"));

        assertThat(mayHold(keys, "${ym}/${d}/${h}", path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "year=2012,                         false",
        "year=2013,                         true",
        "year=2014,                         false",
        "year=2013/month=1,                 false",
        "year=2013/month=2,                 true",
        "year=2013/month=02,                true",
        "year=2013/month=03,                true",
        "year=2013/month=4,                 false",
        "year=2013/month=2/day=26,          false",
        "year=2013/month=2/day=27,          true",
        "year=2013/month=2/day=28,          true",
        "year=2013/month=3/day=02,          true",
        "year=2013/month=3/day=3,           false",
        "year=2013/month=2/day=27/hour=21,  false",
        "year=2013/month=2/day=27/hour=22,  true",
        "year=2013/month=3/day=2/hour=02,   true",
        "year=2013/month=3/day=2/hour=3,    false",
        "year=2013/month=13,                true",
        "year=2013/month=2/day=30,          true",
    })
    void unitsArePrunedAtEveryLevel(String path, boolean expected) {
        assertThat(mayHold(UNITS, "hive", path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "dt=2013-02-26,                              false",
        "dt=2013-02-27,                              true",
        "dt=2013-03-02,                              true",
        "dt=2013-03-03,                              false",
        "dt=__HIVE_DEFAULT_PARTITION__,              true",
        "dt=2013-02-27/hour=21,                      false",
        "dt=2013-02-27/hour=22,                      true",
        "dt=2013-02-27/hour=99,                      true",
        "dt=2013-02-27/hour=__HIVE_DEFAULT_PARTITION__, true",
    })
    void dayOfAKeyWithAnHourBesideItIsPrunedAsADay(String path, boolean expected) {
        assertThat(mayHold(DAY_AND_HOUR, "hive", path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2012,          false",
        "2013,          true",
        "2013/01,       false",
        "2013/02,       true",
        "2013/02/26,    false",
        "2013/02/27,    true",
        "2013/02/27/21, false",
        "2013/02/27/22, true",
        "2013/03/02/03, false",
        "2013/02/30,    true",
    })
    void oneKeyIsPrunedAtEachOfItsLevels(String path, boolean expected) {
        assertThat(mayHold(ONE_KEY, "${at}", path)).isEqualTo(expected);
    }

    /** Formats whose first level does not name a period by itself. */
    @ParameterizedTest
    @CsvSource({
        "dd/MM/yyyy,      01,         true",
        "dd/MM/yyyy,      01/08,      true",
        "dd/MM/yyyy,      01/08/2013, false",
        "MM/yyyy/dd,      08,         true",
        "MM/yyyy/dd,      08/2013,    false",
        "yyyy/HH/MM/dd,   2013/23,    true",
        "yyyy/HH/MM/dd,   2012/23,    true",
        "yyyy/HH/MM/dd,   2012,       false",
        "yyyy/DDD,        2012,       false",
        "yyyy/DDD,        2013,       true",
        "'yyyy/MMM/dd',   2013/Aug,   false",
        "'yyyy/MMM/dd',   2013/Mar,   true",
        "yyyyMM/dd/hh/a,  201302/27/10,    true",
        "yyyyMM/dd/hh/a,  201302/27/10/AM, false",
        "yyyyMM/dd/hh/a,  201302/27/10/PM, true",
    })
    void levelsAreJudgedOnlyWhereTheyTell(String format, String path, boolean expected) {
        assertThat(mayHold(List.of(formatted("at", format)), "${at}", path)).isEqualTo(expected);
    }

    @Test
    void keysThatAreNoTimesAreWalkedInFull() {
        List<PartitionKey> keys =
                List.of(new PartitionKey("region", KeyType.STRING), new PartitionKey("dt", KeyType.DATE));

        assertThat(mayHold(keys, "hive", "region=us")).isTrue();
        assertThat(mayHold(keys, "hive", "region=us/dt=2012-01-01")).isFalse();
    }

    @Test
    void monthWithoutItsYearTellsNothing() {
        List<PartitionKey> keys =
                List.of(new PartitionKey("month", KeyType.INT), new PartitionKey("year", KeyType.INT));

        assertThat(mayHold(keys, "hive", "month=8")).isTrue();
        assertThat(mayHold(keys, "hive", "month=8/year=2013")).isFalse();
    }

    @Test
    void beginningOfThePeriodDecides() {
        List<PartitionKey> day = List.of(new PartitionKey("dt", KeyType.DATE));

        assertThat(bounds(day).hold(PartitionValues.of("2013-02-27"))).isFalse();
        assertThat(bounds(day).hold(PartitionValues.of("2013-02-28"))).isTrue();
        assertThat(bounds(day).hold(PartitionValues.of("2013-03-02"))).isTrue();
        assertThat(bounds(day).hold(PartitionValues.of("__HIVE_DEFAULT_PARTITION__")))
                .isFalse();
    }

    static Stream<List<PartitionKey>> tables() {
        return Stream.of(
                UNITS,
                DAY_AND_HOUR,
                List.of(formatted("at", "yyyy/MM/dd/HH")),
                List.of(formatted("at", "dd/MM/yyyy"), new PartitionKey("hour", KeyType.INT)),
                List.of(formatted("at", "yyyy-MM/dd-HH/mm")),
                List.of(formatted("at", "yyyy/HH/MM/dd")),
                List.of(new PartitionKey("at", KeyType.TIMESTAMP, "yy/MMM/d/hha")),
                List.of(new PartitionKey("at", KeyType.TIMESTAMP, "yyyy/DDD/HHmmss")));
    }

    /** Everything within the bounds is reached through every part of its path. */
    @ParameterizedTest
    @MethodSource("tables")
    void nothingWithinTheBoundsIsPruned(List<PartitionKey> keys) {
        long seed = 20130208;
        Random random = new Random(seed);
        Layout layout = keys.getFirst().format().isEmpty()
                ? Layout.of("hive", keys)
                : Layout.of(keys.size() == 1 ? "${at}" : "${at}/${hour}", keys);
        int within = 0;
        for (int i = 0; i < 2000; i++) {
            LocalDateTime from = moment(random);
            PeriodBounds bounds = new PeriodBounds(keys, from, from.plusMinutes(1 + random.nextInt(90_000)));
            LocalDateTime moment = from.plusMinutes(random.nextInt(120_000) - 15_000);
            String path = layout.path(values(keys, moment));
            List<String> segments = List.of(path.substring(0, path.length() - 1).split("/"));
            PartitionValues values = ((Layout.Parsed.Values) layout.parse(segments)).values();
            if (bounds.hold(values)) {
                within++;
                for (int length = 1; length <= segments.size(); length++) {
                    List<String> known = new ArrayList<>(segments.subList(0, length));
                    assertThat(bounds.mayHold(layout.known(known)))
                            .as("%s from %s, seed %s", known, from, seed)
                            .isTrue();
                }
            }
        }
        assertThat(within).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "month"})
    void tableWithoutADayTellsNoTime(String key) {
        assertThat(new PartitionTime(List.of(new PartitionKey(key, KeyType.STRING))).hasTime())
                .isFalse();
        assertThat(new PartitionTime(UNITS).hasTime()).isTrue();
        assertThat(new PartitionTime(ONE_KEY).hasTime()).isTrue();
    }

    private static LocalDateTime moment(Random random) {
        return LocalDateTime.of(2011, 1, 1, 0, 0).plusMinutes(random.nextInt(3 * 365 * 24 * 60));
    }

    private static PartitionValues values(List<PartitionKey> keys, LocalDateTime moment) {
        return new PartitionValues(keys.stream()
                .map(key -> switch (key.name()) {
                    case "year" -> String.valueOf(moment.getYear());
                    case "month" -> "%02d".formatted(moment.getMonthValue());
                    case "day" -> String.valueOf(moment.getDayOfMonth());
                    case "hour" -> String.valueOf(moment.getHour());
                    case "dt" -> moment.toLocalDate().toString();
                    default ->
                        key.type() == KeyType.STRING
                                ? TimePattern.of(key.format().orElseThrow()).write(moment)
                                : TimePattern.of("yyyy-MM-dd HH:mm:ss").write(moment.withMinute(0));
                })
                .toList());
    }
}
