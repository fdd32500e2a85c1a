package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternTest {

    private static final LocalDateTime BLIZZARD = LocalDateTime.of(2013, 2, 8, 17, 45, 59);

    @ParameterizedTest(name = "{0} writes {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "yyyy/MM/dd/HH, 2013/02/08/17",
                "uuuu-MM-dd, 2013-02-08",
                "yyyyMMddHHmmss, 20130208174559",
                "yy.M.d, 13.2.8",
                "\"'day='yyyyMMdd\", day=20130208",
                "\"yyyy'y'\", 2013y",
                "\"yyyy''MM\", \"2013'02\"",
                "\"'o''clock 'yyyy\", \"o'clock 2013\"",
                "\"yyyyMMdd'T'HH\", 20130208T17",
                "yyyy-DDD, 2013-039",
                "MMM-yyyy, Feb-2013",
            })
    void momentIsWrittenAsTheLettersSay(String pattern, String text) {
        TimePattern time = TimePattern.of(pattern);

        assertThat(time.write(BLIZZARD)).isEqualTo(text);
        assertThat(time.read(text)).map(time::write).hasValue(text);
    }

    @ParameterizedTest(name = "{0} does not read {1}")
    @CsvSource({
        "yyyy-MM-dd, 2024-02-30",
        "yyyy-MM-dd, 2024-2-3",
        "yyyy-MM-dd, 2024-02-03x",
        "yyyy-MM-dd, -2024-02-03",
        "yyyy-MM-dd, +12024-02-03",
        "yyyy/MM/dd/HH, 2024/02/03/24",
        "yyyyMMdd, 2024023",
        "y/MM/dd, 26/10/01",
        "yyyy/MM/dd, 0026/10/01",
        "yyyy/MM/dd, 0999/12/31",
        "uuuu, 0000",
        "yyyy-MM-dd, ''",
    })
    void whatIsNotInTheFormatIsNoMoment(String pattern, String text) {
        assertThat(TimePattern.of(pattern).read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HH",
                "MM/dd",
                "yyyyppMppd",
                "hive",
                "yyyy-MM-dd-hh",
                "yyyy-QQ",
                "YYYY-ww",
                "yyyy-ss",
                "yyyy/mm",
                "yyyy/mm/dd",
                "yyyy-MM-dd/mm",
                "yyyy/mm/dd/HH/MM",
                "yyyy-{MM}",
                "yyyy-'MM",
                "yyyy[-MM]",
                "yyyy'/'MM",
                "yyyy-MM-dd VV",
                "yyyy/MM/DD",
                "yyyyMMddHHMM",
                "yyyyMMddHHmmSS",
            })
    void patternThatCannotBeReadBackIsRefused(String pattern) {
        assertThatThrownBy(() -> TimePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + pattern + "'", "date format such as yyyy/MM/dd/HH");
    }

    @Test
    void formatIsReadOnce() {
        TimePattern time = TimePattern.of("yyyy/MM/dd");
        String longer = "yyyy" + "-".repeat(200);

        assertThat(TimePattern.of("yyyy/MM/dd")).isSameAs(time);
        assertThat(PartialTime.of(time, 2)).isSameAs(PartialTime.of(time, 2));
        assertThat(TimePattern.of(longer)).isNotSameAs(TimePattern.of(longer));
    }

    @Test
    void onlyTheLastFormatsAreKept() {
        TimePattern first = TimePattern.of("yyyy~0");

        IntStream.range(0, 200)
                .mapToObj("yyyy~%d"::formatted)
                .forEach(
                        pattern -> assertThat(TimePattern.of(pattern).pattern()).isEqualTo(pattern));

        assertThat(TimePattern.of("yyyy~0")).isNotSameAs(first);
    }

    @Test
    void levelsAreThePartsBetweenSlashes() {
        assertThat(TimePattern.of("yyyy/MM/dd").levels()).isEqualTo(List.of("yyyy", "MM", "dd"));
        assertThat(TimePattern.of("yyyyMMdd").levels()).isEqualTo(List.of("yyyyMMdd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy/MM/dd/HH", "yyyyMMddHHmmss", "d.M.yyyy H:m", "yyyy-DDD'T'HH"})
    void whatIsWrittenIsReadBack(String pattern) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TimePattern time = TimePattern.of(pattern);
        for (int i = 0; i < 1000; i++) {
            LocalDateTime moment = LocalDateTime.of(1970, 1, 1, 0, 0).plusSeconds(random.nextInt());
            String text = time.write(moment);

            assertThat(time.read(text))
                    .as("seed %d: %s", seed, text)
                    .map(time::write)
                    .hasValue(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "YYYY-'W'ww-e, 2026-W53-5, 2027-01-01",
        "YYYY-'W'ww-e, 2027-W01-1, 2027-01-04",
        "YYYY/ww/e,    2024/01/7,  2024-01-07",
        "dd-MMM-yyyy,  08-Feb-2013, 2013-02-08",
        "dd MMMM yyyy, 08 February 2013, 2013-02-08",
    })
    void weeksAreThoseOfIsoAndMonthsEnglish(String pattern, String text, LocalDate day) {
        TimePattern time = TimePattern.of(pattern);

        assertThat(time.read(text)).hasValue(day.atStartOfDay());
        assertThat(time.write(day.atStartOfDay())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"yyyy/MM, 2012/13", "yyyy/MM, 2012/00", "yyyy/DDD, 2013/366", "yyyy/MM/dd/HH, 2012/12/31/24"})
    void fieldThatNoCalendarHasIsNoMoment(String pattern, String text) {
        assertThat(TimePattern.of(pattern).read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy",
                "uuuu/MM/dd/HH",
                "yyyy-MM-dd",
                "yyyyMMddHHmmss",
                "yyyyMMdd'T'HH",
                "yyyy''MM",
                "'day='yyyyMMdd",
            })
    void whatIsWrittenWithFullFieldsFromCoarseToFineSortsAsTheMoments(String pattern) {
        TimePattern time = TimePattern.of(pattern);
        assertThat(time.sortsAsText()).isTrue();

        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            LocalDateTime earlier = LocalDateTime.of(1970, 1, 1, 0, 0).plusSeconds(random.nextInt());
            LocalDateTime later = earlier.plusSeconds(random.nextInt(100_000_000));

            assertThat(time.write(earlier)).as("seed %d", seed).isLessThanOrEqualTo(time.write(later));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd-MM-yyyy",
                "yy-MM-dd",
                "yyyy-M",
                "yyyy-MM-d",
                "MMM-yyyy",
                "yyyy-MMM",
                "yyyy-DDD",
                "HH'h'yyyy-MM-dd",
            })
    void otherPatternsAreNotTakenToSort(String pattern) {
        assertThat(TimePattern.of(pattern).sortsAsText()).isFalse();
    }
}
