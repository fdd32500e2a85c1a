package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "year:int                                       | YEARS",
                "year:int, month:int                            | MONTHS",
                "year:string, month:string, day:string          | DAYS",
                "hour:int, day:int, month:int, Year:int         | HOURS",
                "year:int, month:int, day:int, hour:int, minute:int | MINUTES",
                "region:string, year:int, month:int             | MONTHS",
                "dt:date                                        | DAYS",
                "dt:date, hour:int                              | HOURS",
                "dt:date, hour:int, minute:int                  | MINUTES",
                "at:string:yyyy/MM/dd/HH                        | HOURS",
                "at:string:yyyy/MM                              | MONTHS",
                "at:timestamp:yyyy-MM-dd-HH-mm                  | MINUTES",
                "at:timestamp:yyyy-MM-dd-HH-mm, hour:int        | HOURS",
                "day:string:yyyyMMdd, hour:string               | HOURS",
                "at:string:dd.MM.yyyy                           | DAYS",
                "at:string:yyyy-DDD                             | DAYS",
                "y:string:yyyy, m:string:MM, d:string:dd, h:string:HH | HOURS",
                "ym:string:yyyy/MM, d:int:dd                    | DAYS",
                "y:string:yyyy                                  | YEARS",
            })
    void unitIsTheFinestThatIsTold(String keys, ChronoUnit unit) {
        assertThat(new Periods(Keys.of(keys)).unit()).hasValue(unit);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int, minute:int/15   | 2026-11-20T10:37 | 2026-11-20T10:30 | 2026-11-20, 10, 30 | 15 minutes",
                "at:string:yyyyMMddHHmm/5           | 2026-11-20T10:00 | 2026-11-20T10:00 | 202611201000       | 5 minutes",
                "dt:date, hour:int/6                | 2026-11-20T05:59 | 2026-11-20T00:00 | 2026-11-20, 00     | 6 hours",
                "at:string:yyyy/MM/dd/HH/12         | 1999-12-31T23:00 | 1999-12-31T12:00 | 1999/12/31/12      | 12 hours",
                "year:int, month:int/3              | 2026-12-31T10:00 | 2026-10-01T00:00 | 2026, 10           | 3 months",
                "year:int, month:int/6              | 1999-01-31T10:00 | 1999-01-01T00:00 | 1999, 01           | 6 months",
            })
    void intervalIsCountedFromTheCoarserUnit(
            String keys, LocalDateTime moment, LocalDateTime first, String values, String length) {
        Periods periods = new Periods(Keys.of(keys));

        assertThat(periods.whyNoInterval()).isEmpty();
        assertThat(periods.length()).map(Object::toString).hasValue(length);
        assertThat(periods.begin(moment)).isEqualTo(first);
        assertThat(periods.valuesAt(moment)).hasValue(PartitionValues.of(values.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dt:date, hour:int, minute:int/7",
                "dt:date, hour:int, minute:int/60",
                "dt:date, hour:int/2, minute:int",
                "dt:date/7",
                "year:int/2",
                "dt:date, hour:int/24",
                "year:int, month:int/5",
                "region:string/2",
                "dt:date, region:string/2",
                "month:int/3",
            })
    void intervalThatIsNotCountedFromTheCoarserUnitIsRefused(String keys) {
        Periods periods = new Periods(Keys.of(keys));

        assertThat(periods.whyNoInterval().orElseThrow())
                .contains("of minutes a divisor of 60, of hours one of 24, of months one of 12");
        assertThat(periods.length().map(Periods.Length::interval).orElse(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region:string",
                "dt:string",
                "month:int, day:int",
                "year:int, day:int",
                "year:int, month:int, hour:int",
                "at:string:yyyy/MM, hour:int",
                "at:string:yyyy/HH",
                "at:timestamp",
                "at:string:yyyyMMddHHmmss",
            })
    void unitThatCannotBeToldIsNotGuessed(String keys) {
        assertThat(new Periods(Keys.of(keys)).unit()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "year:int, month:int, day:int, hour:int | 2013, 02, 08, 07",
                "year:string, month:string              | 2013, 02",
                "dt:date, hour:int                      | 2013-02-08, 07",
                "dt:date:yyyyMMdd, hour:int             | 2013-02-08, 07",
                "at:string:yyyy/MM/dd/HH                | 2013/02/08/07",
                "at:timestamp:yyyy/MM/dd/HH             | 2013-02-08 07:00:00",
                "at:timestamp                           | 2013-02-08 07:05:09",
                "at:string:MMM-yyyy                     | Feb-2013",
                "y:int:yyyy, m:string:M, d:string:d, h:string:HH | 2013, 2, 8, 07",
                "ym:string:yyyyMM, d:int:dd             | 201302, 08",
                "dt:date, at:string:yyyyMMddHH          | 2013-02-08, 2013020807",
            })
    void valuesAreThoseOfThePeriodAroundAMoment(String keys, String values) {
        LocalDateTime moment = LocalDateTime.of(2013, 2, 8, 7, 5, 9);

        assertThat(new Periods(Keys.of(keys)).valuesAt(moment)).hasValue(PartitionValues.of(values.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"region:string", "region:string, dt:date", "dt:string", "month:int, day:int"})
    void keysThatAreNotAllTimesHaveNoValues(String keys) {
        assertThat(new Periods(Keys.of(keys)).valuesAt(LocalDateTime.of(2013, 2, 8, 7, 0)))
                .isEmpty();
    }

    @Test
    void momentThatWouldBeReadAsAnotherHasNoValues() {
        LocalDateTime longAgo = LocalDateTime.of(1913, 2, 8, 7, 0);

        assertThat(new Periods(Keys.of("dt:string:yyMMdd")).valuesAt(longAgo)).isEmpty();
        assertThat(new Periods(Keys.of("year:int")).valuesAt(LocalDateTime.of(12013, 1, 1, 0, 0)))
                .isEmpty();
        assertThat(new Periods(Keys.of("year:int")).valuesAt(LocalDateTime.of(-1, 1, 1, 0, 0)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "year:int, month:int, day:int, hour:int",
                "dt:date, hour:string",
                "dt:date, hour:int, minute:int",
                "at:timestamp:yyyy-MM-dd-HH",
                "at:string:dd/MM/yyyy",
                "year:int, month:int",
                "at:timestamp:yyyy-MM-dd-HH-mm, hour:int",
                "h:string:H, ym:string:yyyyMM, d:string:dd",
            })
    void periodOfTheValuesHoldsTheMoment(String keys) {
        long seed = 20130208;
        Random random = new Random(seed);
        Periods periods = new Periods(Keys.of(keys));
        PartitionTime time = new PartitionTime(Keys.of(keys));
        for (int i = 0; i < 500; i++) {
            LocalDateTime moment = LocalDateTime.of(1900, 1, 1, 0, 0).plusSeconds(random.nextLong(8_000_000_000L));

            LocalDateTime start = periods.valuesAt(moment).flatMap(time::of).orElseThrow();
            assertThat(start).as("%s, seed %s", moment, seed).isBeforeOrEqualTo(moment);
            assertThat(start.plus(1, periods.unit().orElseThrow()))
                    .as("%s, seed %s", moment, seed)
                    .isAfter(moment);
        }
    }
}
