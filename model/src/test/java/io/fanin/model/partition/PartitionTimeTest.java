package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTimeTest {

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int                         | 2013-02-08, 17       | 2013-02-08T17:00",
                "dt:date, hour:string, minute:string       | 2013-02-08, 07, 30   | 2013-02-08T07:30",
                "hour:int, dt:date                         | 17, 2013-02-08       | 2013-02-08T17:00",
                "dt:date, carrier:string                   | 2013-02-08, UA       | 2013-02-08T00:00",
                "carrier:string, dt:date, hour:int         | UA, 2013-02-08, 5    | 2013-02-08T05:00",
                "year:int, month:int, day:int, hour:int    | 2013, 2, 8, 17       | 2013-02-08T17:00",
                "Year:string, MONTH:string, day:string     | 2013, 02, 08         | 2013-02-08T00:00",
                "year:int, month:int                       | 2013, 2              | 2013-02-01T00:00",
                "year:int                                  | 2013                 | 2013-01-01T00:00",
                "at:string:yyyy/MM/dd/HH                   | 2013/02/08/17        | 2013-02-08T17:00",
                "day:string:yyyyMMdd, hour:int             | 20130208, 17         | 2013-02-08T17:00",
                "dt:string:yyyy-MM-dd-HH, minute:int       | 2013-02-08-17, 45    | 2013-02-08T17:45",
                "dt:string:yyyyMMddHH, m:string:mm         | 2013020817, 45       | 2013-02-08T17:45",
                "dt:string:yyyyMMddHH, hour:int, minute:int | 2013020817, 5, 45   | 2013-02-08T05:45",
                "at:timestamp:yyyy-MM-dd-HH                | 2013-02-08 17:00:00  | 2013-02-08T17:00",
                "at:timestamp                              | 2013-02-08 17:45:59  | 2013-02-08T17:45:59",
                "y:string:yyyy, m:string:MM, d:string:dd, h:string:HH | 2013, 02, 08, 17 | 2013-02-08T17:00",
                "h:int:H, d:int:d, m:int:M, y:int:yyyy     | 7, 8, 2, 2013        | 2013-02-08T07:00",
                "hour:string:MM, x:string:yyyy             | 02, 2013             | 2013-02-01T00:00",
                "ym:string:yyyyMM, d:string:dd, hour:int   | 201302, 08, 5        | 2013-02-08T05:00",
                "ym:string:yyyy-MM, hour:int               | 2013-02, 99          | 2013-02-01T00:00",
                "year:int, day:int                         | 2013, 200            | 2013-01-01T00:00",
                "year:int                                  | 1000                 | 1000-01-01T00:00",
                "year:int                                  | 9999                 | 9999-01-01T00:00",
                "dt:date                                   | 0001-01-01           | 0001-01-01T00:00",
                "at:timestamp                              | 0001-01-01 00:00:00  | 0001-01-01T00:00",
                "y:string:yy, m:string:MM                  | 26, 10               | 2026-10-01T00:00",
            })
    void keysThatAreTimesSayWhenThePeriodBegins(String keys, String values, LocalDateTime moment) {
        assertThat(time(keys, values)).hasValue(moment);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "carrier:string                            | UA",
                "dt:string                                 | 2013-02-08",
                "month:int, day:int                        | 2, 8",
                "dt:date                                   | __HIVE_DEFAULT_PARTITION__",
                "dt:date, hour:int                         | 2013-02-08, 25",
                "dt:date, hour:int, minute:int             | 2013-02-08, 17, 60",
                "dt:string:yyyy-MM-dd-HH, minute:int       | 2013-02-08-17, 99",
                "dt:date, hour:int                         | 2013-02-08",
                "dt:date, hour:int                         | 2013-02-08, -1",
                "dt:date, hour:int                         | 2013-02-08, __HIVE_DEFAULT_PARTITION__",
                "dt:date, hour:int                         | __HIVE_DEFAULT_PARTITION__, 17",
                "dt:date, hour:string                      | 2013-02-08, morning",
                "year:int, month:int, day:int, hour:int    | 2013, 2, 8, 25",
                "year:int, month:int, day:int              | 2013, 2, 30",
                "year:int, month:int, day:int              | 2013, 2, __HIVE_DEFAULT_PARTITION__",
                "year:int, month:int                       | __HIVE_DEFAULT_PARTITION__, 2",
                "year:int, month:int                       | 2013, 13",
                "year:int, month:int, day:int              | 2013, 002, 8",
                "year:int, month:int, day:int              | 2013, 2, 008",
                "dt:date, hour:int                         | 2013-02-08, 017",
                "dt:date, hour:int, minute:int             | 2013-02-08, 17, 030",
                "year:int                                  | 02013",
                "year:int                                  | 26",
                "year:string, month:string                 | 0026, 10",
                "at:string:yyyy/MM/dd                      | 0026/10/01",
                "at:string:y/M/d                           | 26/10/1",
            })
    void valuesThatSayNoMomentHaveNone(String keys, String values) {
        assertThat(time(keys, values)).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "year:string, month:string                 | latest, 06           | 'latest' is not a value of key year, which holds the year",
                "year:string, month:string                 | 26, 06               | '26' is not a value of key year, which holds the year, 1000 to 9999",
                "year:int, month:int                       | 0, 6                 | '0' is not a value of key year",
                "year:int, month:int                       | 999, 6               | '999' is not a value of key year",
                "year:int, month:int                       | 0026, 6              | '0026' is not a value of key year",
                "y:int:yyyy                                | 26                   | '26' is not a value of key y",
                "year:string, month:string                 | 20240, 06            | '20240' is not a value of key year",
                "year:string, month:string                 | ２０２４, 06            | '２０２４' is not a value of key year",
                "year:string, month:string                 | year=2024, 06        | 'year=2024' is not a value of key year",
                "year:int, month:int                       | 2024, 13             | '13' is not a value of key month, which holds the month",
                "year:int, month:int                       | 2024, 0              | '0' is not a value of key month",
                "dt:date, hour:string                      | 2013-02-08, 05_tmp   | '05_tmp' is not a value of key hour",
                "dt:date, hour:int                         | 2013-02-08, 24       | '24' is not a value of key hour",
                "dt:date, hour:int                         | 2013-02-08, -1       | '-1' is not a value of key hour",
                "year:int, month:int, day:int              | 2013, 2, 30          | 'year=2013/month=2/day=30' is not a day of the calendar",
                "ym:string:yyyyMM, d:int:dd                | 201302, 29           | 'ym=201302/d=29' is not a day of the calendar",
            })
    void valueThatIsNoTimeIsToldWithWhatItsKeyTells(String keys, String values, String why) {
        assertThat(new PartitionTime(Keys.of(keys)).whyNot(PartitionValues.of(values.split(", "))))
                .hasValueSatisfying(told -> assertThat(told).startsWith(why));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int                         | 2013-02-08, 7",
                "dt:date, hour:string                      | 2013-02-08, __HIVE_DEFAULT_PARTITION__",
                "year:int, month:int, day:int              | 2013, __HIVE_DEFAULT_PARTITION__, 30",
                "month:string, day:string                  | may, monday",
                "region:string, hour:int                   | eu, 99",
                "year:int, day:int                         | 2013, 200",
                "dt:date, year:string                      | 2013-02-08, latest",
            })
    void valueOfAKeyThatIsReadAsNoTimeIsNone(String keys, String values) {
        assertThat(new PartitionTime(Keys.of(keys)).whyNot(PartitionValues.of(values.split(", "))))
                .isEmpty();
    }

    @Test
    void keyThatIsSaidToBeNoTimeTellsNone() {
        PartitionTime time = new PartitionTime(List.of(
                new PartitionKey("dt", KeyType.DATE).withoutTime(),
                new PartitionKey("year", KeyType.STRING).withoutTime()));

        assertThat(time.hasTime()).isFalse();
        assertThat(time.of(PartitionValues.of("2013-02-08", "2013"))).isEmpty();
        assertThat(time.whyNot(PartitionValues.of("2013-02-08", "latest"))).isEmpty();
    }

    private static Optional<LocalDateTime> time(String keys, String values) {
        return new PartitionTime(Keys.of(keys)).of(PartitionValues.of(values.split(", ")));
    }
}
