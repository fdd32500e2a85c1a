package io.fanin.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
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
                "at:timestamp:yyyy-MM-dd-HH                | 2013-02-08 17:00:00  | 2013-02-08T17:00",
                "at:timestamp                              | 2013-02-08 17:45:59  | 2013-02-08T17:45:59",
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
            })
    void valuesThatSayNoMomentHaveNone(String keys, String values) {
        assertThat(time(keys, values)).isEmpty();
    }

    private static Optional<LocalDateTime> time(String keys, String values) {
        return new PartitionTime(Keys.of(keys)).of(PartitionValues.of(values.split(", ")));
    }
}
