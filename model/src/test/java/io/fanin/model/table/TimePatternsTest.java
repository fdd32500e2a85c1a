package io.fanin.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternsTest {

    private static final String TIME = "its texts do not say what time it is";
    private static final String TWICE = "stands twice";
    private static final String MINUTES = "mm, the minutes, does not follow the hours";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd.MM.yyyy",
                "d MMM yyyy",
                "EEEE, d MMMM yyyy",
                "yy-M-d",
                "yyyyDDD",
                "YYYY-'W'ww-e",
                "yyyy-MM-dd (yyyy)",
                "yyyy-MM-ddXXX",
                "[dd.MM.yyyy][ yyyy-MM-dd]",
                "dd.MM.yyyy HH",
                "dd.MM.yyyy HH:mm[:ss]",
                "dd.MM.yyyy[ HH:mm[:ss[.SSSSSS]]]",
                "[dd.MM.yyyy HH:mm][yyyy-MM-dd HH:mm]",
                "MM/dd/yyyy h:mm a",
                "MM/dd/yyyy hh:mm:ss.SSS a",
                "a hh:mm dd.MM.yyyy",
                "K a, d MMM yyyy",
                "HH:mm:ss dd/MM/yyyy",
                "yyyyMMddHHmmss",
                "yyyyMMddHHmmssSSS",
                "yyyy-MM-dd kk:mm",
                "yyyy-MM-dd HH'h'mm''ss",
                "yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn",
                "yyyy-MM-dd A",
                "yyyy-MM-dd'T'HH:mmXXX",
                "d/MMM/yyyy:HH:mm:ss Z",
                "yyyy-MM-dd HH:mm VV",
            })
    void patternWhoseTextsSayEverythingIsUsed(String pattern) {
        assertThat(TimePatterns.problem(pattern)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\1',
            value = {
                "yyyy-MM-dd hh:mm:ss             | " + TIME,
                "MM/dd/yyyy h:mm                 | " + TIME,
                "dd.MM.yyyy KK:mm                | " + TIME,
                "dd.MM.yyyy HH:ss                | " + TIME,
                "yyyy-MM-dd HH:mm:SS             | " + TIME,
                "yyyy-MM-dd ss                   | " + TIME,
                "yyyy-MM-dd a                    | " + TIME,
                "yyyy-MM-dd[ hh:mm]              | " + TIME,
                "yyyy-MM-dd HH:MM:ss             | " + TWICE,
                "dd.MM.yyyy HH:MM                | " + TWICE,
                "d MMM yyyy HH:MM                | " + TWICE,
                "yyyy-LL-dd HH:MM                | " + TWICE,
                "yyyy-mm-dd HH:MM:ss             | " + MINUTES,
                "mm/dd/yyyy HH:MM                | " + MINUTES,
                "yyyy-MM-dd mm                   | " + MINUTES,
                "yyyy-MM-dd[ hh:mm][ mm HH]      | " + MINUTES,
            })
    void patternWhoseTextsHideTheTimeIsRefused(String pattern, String why) {
        assertThat(TimePatterns.problem(pattern))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("found '" + pattern + "'", why, "HH for hours (hh only with a), mm for minutes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yyyy-MM", "MM-dd", "HH:mm", "'day'"})
    void patternWithoutADayIsRefusedInPlainWords(String pattern) {
        assertThat(TimePatterns.problem(pattern))
                .hasValue("expected a pattern of a date, such as dd.MM.yyyy or dd.MM.yyyy HH:mm:ss, found '" + pattern
                        + "': its texts do not say what day it is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppdMMyyyy", "yyyyppMMdd"})
    void paddedNumberNextToAnotherIsRefused(String pattern) {
        assertThat(TimePatterns.problem(pattern))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("found '" + pattern + "'", "put a character between them"));
    }

    /** Java reads MST as Denver's time, with -06:00 in summer, and IST as neither India's nor Israel's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd HH:mm z",
                "yyyy-MM-dd HH:mm[ z]",
                "[EEE MMM d HH:mm:ss zzz yyyy]",
                "yyyy-MM-dd HH:mm[ v]"
            })
    void nameOfATimeZoneIsRefused(String pattern) {
        assertThat(TimePatterns.problem(pattern))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("names of time zones, do not tell the offset"));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-W06-5, 2013-02-08",
        "2010-W01-1, 2010-01-04",
        "2009-W53-7, 2010-01-03",
    })
    void weeksAreThoseOfIso(String text, LocalDate day) {
        assertThat(LocalDate.parse(text, TimePatterns.formatter("YYYY-'W'ww-e")))
                .isEqualTo(day);
    }
}
