package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Keys;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PeriodBounds;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names at which the listing of a level may begin, for a window that begins on 2026-11-08 at 17:05. */
class LevelBoundTest {

    private static final LocalDateTime FROM = LocalDateTime.of(2026, 11, 8, 17, 5);

    private static final String UNITS = "year:int, month:int, day:string, hour:string";

    private static LevelBound bound(String layout, String keys, String path, LocalDateTime from) {
        List<PartitionKey> parsed = Keys.of(keys);
        List<String> above =
                path.isEmpty() ? List.of() : Stream.of(path.split("/")).toList();
        return Layout.of(layout, parsed).bound(above, PeriodBounds.from(parsed, from));
    }

    @ParameterizedTest(name = "{0} by {1} below {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${year}/${month}/${day}/${hour} | year:int, month:int, day:int, hour:int |            | 2026",
                "${year}/${month}/${day}/${hour} | year:int, month:int, day:int, hour:int | 2026       | 11",
                "${year}/${month}/${day}/${hour} | year:int, month:int, day:int, hour:int | 2026/11    | 08",
                "${year}/${month}/${day}/${hour} | year:int, month:int, day:int, hour:int | 2026/11/8  | 17",
                "y${year}m${month}/d-${day}      | year:int, month:int, day:int   |            | y2026m11",
                "y${year}m${month}/d-${day}      | year:int, month:int, day:int   | y2026m11   | d-08",
                "${region}/${year}-${month}      | region:string, year:int, month:int | eu     | 2026-11",
                "${at}                           | at:string:yyyy/MM/dd/HH        |            | 2026",
                "${at}                           | at:string:yyyy/MM/dd/HH        | 2026       | 11",
                "${at}                           | at:string:yyyy/MM/dd/HH        | 2026/11/08 | 17",
                "${at}                           | at:string:yyyy-MM-dd'T'HH      |            | 2026-11-08T17",
                "${at}                           | at:string:yyyyMMdd/HHmm        | 20261108   | 1705",
                "${at}                           | at:timestamp                   |            | 2026-11-08 17:05:00",
                "dt=${dt}/${hour}                | dt:date, hour:int              |            | dt=2026-11-08",
                "dt=${dt}/${hour}                | dt:date, hour:int              | dt=2026-11-08 | 17",
                "${at}/${hour}                   | at:string:yyyyMMddHH, hour:int |            | 20261108",
                // As far as the order of names follows time.
                "${at}                           | at:string:yyyy-dd-MM           |            | 2026-",
                "${at}                           | at:string:yyyy-MM-d            |            | 2026-11-",
                "${at}                           | at:string:yyyy-MMM             |            | 2026-",
                "${year}-${region}               | year:int, region:string        |            | 2026-",
                "${year}-${hour}                 | year:int, hour:int             |            | 2026-",
            })
    void namesOfATemplateAreListedFromTheWindowsOwnOn(String layout, String keys, String path, String name) {
        LevelBound bound = bound(layout, keys, path == null ? "" : path, FROM);

        assertThat(bound.start()).hasValue(name);
        assertThat(bound.onward("0")).isEmpty();
    }

    @ParameterizedTest(name = "{0} by {1} below {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${at}                  | at:string:dd-MM-yyyy       |",
                "${at}                  | at:string:MMM-yyyy         |",
                "${at}                  | at:string:yy-MM            |",
                "${dt}                  | dt:string                  |",
                "${region}/${dt}        | region:string, dt:date     |",
                "${region}-${dt}        | region:string, dt:date     |",
                "${month}/${year}       | month:int, year:int        |",
                "v1/${year}             | year:int                   |",
                "${year}/${hour}        | year:int, hour:int         | 2026",
                "${year}/${month}/${day} | year:int, month:int, day:int | 2027",
                "${year}/${month}/${day} | year:int, month:int, day:int | 2026/12",
                "${year}/${month}/${day} | year:int, month:int, day:int | 2026/13",
                "${year}/${month}/${day} | year:int, month:int, day:int | __HIVE_DEFAULT_PARTITION__/11",
                "${dt}/${region}        | dt:date, region:string     | 2026-11-08",
            })
    void levelWhoseNamesDoNotFollowTimeIsListedInFull(String layout, String keys, String path) {
        assertThat(bound(layout, keys, path == null ? "" : path, FROM)).isEqualTo(LevelBound.NONE);
    }

    /** {@code 0/} sorts before {@code 00}. */
    @Test
    void zeroIsNoBoundWhereItMayBeWrittenWithOneDigit() {
        LocalDateTime midnight = FROM.toLocalDate().atStartOfDay();

        assertThat(bound("${year}/${month}/${day}/${hour}", UNITS, "2026/11/08", midnight))
                .isEqualTo(LevelBound.NONE);
        assertThat(bound("${at}", "at:string:yyyy/MM/dd/HH", "2026/11/08", midnight))
                .isEqualTo(new LevelBound.Names("00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 12026})
    void yearThatNoNameHasIsNoBound(int year) {
        assertThat(bound("${year}/${month}/${day}/${hour}", UNITS, "", FROM.withYear(year)))
                .isEqualTo(LevelBound.NONE);
    }

    @ParameterizedTest(name = "{0} below {1}, after {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date              |               | dt=2013-02-08      | dt=2026",
                "dt:date              |               | Dt=2026-02-08      | Dt=2026-11",
                "dt:date              |               | d%74=2026-11-01    | d%74=2026-11-08",
                "dt:date, hour:int    | dt=2026-11-08 | HOUR=06            | HOUR=17",
                "at:timestamp         |               | at=2026-11-08 09%3A00%3A00 | at=2026-11-08 17",
                "at:timestamp         |               | at=2026-11-08%2009 |",
                "year:int, month:int  |               | year=1999          | year=2026",
                "year:int, month:int  | year=2026     | month=1            |",
                "year:int, month:int  | year=2026     | month=10           | month=11",
                "year:int, month:int  | year=2026     | month=9            |",
                "dt:date              |               | dt=2026-11-08      |",
                "dt:date              |               | dt=2027-01-01      |",
                "dt:date              |               | dt=2013%2D02       | dt=2026",
                "dt:date              |               | dt=2026%2D02-08    |",
                "dt:date              |               | dt=_x              |",
                "dt:date              |               | dt                 |",
                "dt:date              |               | dt=                |",
                "dt:string            |               | dt=2013-02-08      |",
                "dt:string:dd-MM-yyyy |               | dt=01-02-2013      |",
            })
    void hiveNamesAreJumpedOverInTheSpellingThatIsListed(String keys, String path, String last, String target) {
        LevelBound bound = bound("hive", keys, path == null ? "" : path, FROM);

        assertThat(bound.start()).isEmpty();
        if (target == null) {
            assertThat(bound.onward(last)).isEmpty();
        } else {
            assertThat(bound.onward(last)).hasValue(target);
        }
    }

    @ParameterizedTest(name = "{0} by {1} below {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${year}/${month}/${day}    | year:int, month:int, day:int                |      | 2026/11",
                "v1/${year}/m${month}/${day} | year:int, month:int, day:int               |      | v1/2026/m11",
                "${at}                      | at:string:yyyy/MM/dd/HH                     |      | 2026/11",
                "${region}/${at}            | region:string, at:string:yyyy/MM/dd/HH      | eu   | eu/2026/11",
                "${at}                      | at:string:yyyy-MM/dd                        |      | 2026-11",
                "${region}/${at}            | region:string, at:string:yyyy/MM/dd/HH      |      |",
                "${year}/${month}           | year:int, month:int                         |      |",
                "${at}                      | at:string:yyyy/MM-dd/HH                     |      |",
                "${at}                      | at:string:yyyy/MMM/dd                       |      |",
                "${year}/${month}/${day}    | year:int, month:int, day:int                | 2027 |",
                "hive                       | year:int, month:int, day:int                |      |",
            })
    void monthOfTheWindowIsAFolderOfItsOwn(String layout, String keys, String path, String month) {
        List<PartitionKey> parsed = Keys.of(keys);
        List<String> above = path == null ? List.of() : List.of(path.split("/"));

        assertThat(Layout.of(layout, parsed).firstMonth(above, PeriodBounds.from(parsed, FROM)))
                .map(folder -> String.join("/", folder))
                .isEqualTo(Optional.ofNullable(month));
    }
}
