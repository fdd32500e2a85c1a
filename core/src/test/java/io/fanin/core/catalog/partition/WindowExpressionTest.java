package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowExpressionTest {

    private static final LocalDateTime FROM = LocalDateTime.of(2026, 9, 8, 17, 30);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        dt:date                                  | dt >= '2026-09-08'
        dt:date:dd.MM.yyyy                       | dt >= '2026-09-08'
        at:timestamp                             | at >= '2026-09-08 17:30:00'
        at:string:yyyy/MM/dd/HH                  | at >= '2026/09/08/17'
        region:string dt:string:yyyyMMdd         | dt >= '20260908'
        DT:date                                  | dt >= '2026-09-08'
        at:string:yyyy''MM                       | at >= '2026''09'
        dt:date hour:int                         | dt >= '2026-09-08'
        at:timestamp hour:string                 | at >= '2026-09-08 00:00:00'
        year:int                                 | year >= 2026
        year:string                              | year >= '2026'
        year:string day:string                   | year >= '2026'
        ym:string:yyyyMM d:string:dd             | ym >= '202609'
        """)
    void oneKeyIsComparedWhereItSaysEnough(String keys, String expression) {
        assertThat(WindowExpression.of(keys(keys), FROM)).hasValue(expression.replace("''''", "''"));
    }

    @Test
    void unitsAreComparedOneAfterTheOtherDownToTheDay() {
        assertThat(WindowExpression.of(keys("year:string month:string day:string hour:string minute:string"), FROM))
                .hasValue("year >= '2026' AND (year > '2026' OR (month >= '09' AND (month > '09' OR day >= '08')))");
        assertThat(WindowExpression.of(keys("y:string:yyyy m:int:MM"), FROM))
                .hasValue("y >= '2026' AND (y > '2026' OR m >= 9)");
        assertThat(WindowExpression.of(keys("day:tinyint region:string month:int year:bigint"), FROM))
                .hasValue("year >= 2026 AND (year > 2026 OR (month >= 9 AND (month > 9 OR day >= 8)))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region:string",
                "month:int day:int",
                "hour:int",
                "dt:string:dd-MM-yyyy",
                "dt:string:yyyy-M-d",
                "dt:string:dd-MM-yyyy at:timestamp",
            })
    void keysThatTellNoTimeOrDoNotSortAreNotCompared(String keys) {
        assertThat(WindowExpression.of(keys(keys), FROM)).isEmpty();
    }

    /** Glue takes no quoted names. */
    @ParameterizedTest
    @ValueSource(strings = {"day-of:date", "2nd:date", "günlük:date", "a;b:date", "a' OR 'a:date"})
    void keyWithoutAPlainNameIsNotCompared(String name) {
        PartitionKey key = new PartitionKey(name.substring(0, name.indexOf(':')), KeyType.DATE);

        assertThat(WindowExpression.of(List.of(key), FROM)).isEmpty();
    }

    /** The value that stands for null would be left out: it comes before every such text. */
    @Test
    void textThatComesAfterNullIsNotCompared() {
        assertThat(WindowExpression.of(keys("dt:string:'day='yyyyMMdd"), FROM)).isEmpty();
        assertThat(WindowExpression.of(keys("dt:string:'DAY='yyyyMMdd"), FROM)).hasValue("dt >= 'DAY=20260908'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 999, 10_000, 999_999_999})
    void yearsThatDoNotSortAreNotCompared(int year) {
        assertThat(WindowExpression.of(keys("year:string"), FROM.withYear(year)))
                .isEmpty();
        assertThat(WindowExpression.of(keys("dt:date"), FROM.withYear(year))).isEmpty();
    }

    @Test
    void expressionOverGluesLimitIsNone() {
        String longest = "a".repeat(WindowExpression.MAX_LENGTH - " >= '2026-09-08'".length());

        assertThat(WindowExpression.of(keys(longest + ":date"), FROM)).isPresent();
        assertThat(WindowExpression.of(keys(longest + "a:date"), FROM)).isEmpty();
    }

    private static List<PartitionKey> keys(String text) {
        return Arrays.stream(text.split(" "))
                .map(key -> key.split(":", 3))
                .map(key -> new PartitionKey(
                        key[0],
                        KeyType.of(key[1]),
                        Arrays.stream(key).skip(2).findFirst(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }
}
