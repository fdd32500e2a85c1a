package io.fanin.fakes.contract;

import static io.fanin.fakes.contract.Flights.column;
import static io.fanin.fakes.contract.Flights.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.GlueLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.InvalidStateException;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.ValidationException;

/**
 * The filter of <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html">GetPartitions</a>.
 * Features that its page does not describe (other operators, quoted names, other types) are refused, so that no code
 * relies on them.
 */
interface GlueExpressionContract {

    Flights flights();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            dt = 'd''1'                              | d'1/9
            hour >= 9                                | d'1/9 d2/10
            HOUR < 9 and dt <= 'd3'                  | d2/2 d3/3
            dt='d2' and hour=2 or dt='d3' and hour=3 | d2/2 d3/3
            (dt='d2' or dt='d3') AND (hour>2)        | d2/10 d3/3
            ((dt >= 'd2')) AND (dt > 'd2' OR (hour > 2)) | d2/10 d3/3
            dt <> 'd2' and hour <> 3                 | d'1/9
            hour in (2, 03) AND dt IN ('d2')         | d2/2
            hour = '9'                               | d'1/9
            """)
    default void expressionSelects(String expression, String expected) {
        flights().create(partition("d'1", "9"), partition("d2", "2"), partition("d2", "10"), partition("d3", "3"));

        assertThat(flights().selected(expression)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    default void textIsComparedWithANumberAsText() {
        flights().create(partition("7", "1"), partition("07", "1"));

        assertThat(flights().selected("dt = 7")).containsExactly("7/1");
        assertThat(flights().selected("dt in (7, 8)")).containsExactly("7/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dt",
                "dt =",
                "dt >=",
                "nope = 'x'",
                "nope = 1",
                "no such key = 1",
                "(dt = 'x'",
                "dt = 'x' hour = 5",
                "dt = 'x",
                "dt in ()",
                "dt in ('x'",
                "dt = hour",
                "hour = 'x'",
                "dt = 'none' AND hour = 'x'",
                "hour = 1 OR hour = 'x'",
                "dt = 'a' AND index = 'b'",
                "key = 'a'",
                "`dt` = 'a'",
                "\"dt\" = 'a'",
                "hour != 3"
            })
    default void expressionThatIsNotUnderstoodIsRefused(String expression) {
        assertThatThrownBy(() -> flights().selected(expression))
                .as("of an empty table")
                .isInstanceOf(InvalidInputException.class);

        flights().create(partition("d1", "1"));

        assertThatThrownBy(() -> flights().selected(expression)).isInstanceOf(InvalidInputException.class);
    }

    /** JSqlParser's words cannot be quoted for Glue. */
    @Test
    default void keysWithReservedNamesCannotBeCompared() {
        Column[] keys = GlueLimits.reservedWords().stream()
                .map(word -> column(word, "string"))
                .toArray(Column[]::new);
        Flights table = flights().with("reserved", keys);

        assertThat(GlueLimits.reservedWords()).contains("index", "key", "order").hasSizeGreaterThan(60);
        for (String word : GlueLimits.reservedWords()) {
            assertThatThrownBy(() -> table.selected(word + " = 'x'"))
                    .as(word)
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> table.selected("Index IN ('x')")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    default void numbersMomentsAndTextAreComparedByTheirTypes() {
        Flights delays = flights()
                .with(
                        "delays",
                        column("year", "string"),
                        column("month", "int"),
                        column("day", "date"),
                        column("at", "timestamp"));
        delays.create(
                delay("2026", "9", "2026-09-07"),
                delay("2026", "09", "2026-09-08"),
                delay("2026", "10", "2026-10-01"),
                delay("2025", "12", "2025-12-31"));
        String window = "year >= '2026' AND (year > '2026' OR (month >= 9 AND (month > 9 OR day >= '2026-09-08')))";
        String september = "2026/09/2026-09-08/2026-09-08 17:00:00";
        String october = "2026/10/2026-10-01/2026-10-01 17:00:00";

        assertThat(delays.selected(window)).containsExactlyInAnyOrder(september, october);
        assertThat(delays.selected("at > '2026-09-07 17:00:00'")).containsExactlyInAnyOrder(september, october);

        delays.create(delay("__HIVE_DEFAULT_PARTITION__", "1", "2026-01-01"));
        assertThat(delays.selected("year > '2026' OR month = 10")).hasSize(2);
        delays.create(delay("2026", "__HIVE_DEFAULT_PARTITION__", "2026-01-01"));
        assertThatThrownBy(() -> delays.selected("month > 9")).isInstanceOf(InvalidStateException.class);
    }

    /** As github.com/aws/aws-sdk/issues/670 has it. */
    @Test
    default void valueThatItsTypeCannotHoldFailsTheRequestThatComparesIt() {
        flights().create(partition("d1", "1"), partition("d2", "__HIVE_DEFAULT_PARTITION__"));

        assertThatThrownBy(() -> flights().selected("hour >= 0")).isInstanceOf(InvalidStateException.class);
        assertThat(flights().selected("dt = 'd1' AND hour >= 0")).containsExactly("d1/1");
    }

    @Test
    default void expressionOverItsLimitIsRefused() {
        int rest = GlueLimits.of("expressionLength") - "dt = ''".length();

        assertThatThrownBy(() -> flights().selected("dt = '" + "x".repeat(rest + 1) + "'"))
                .isInstanceOf(ValidationException.class);
        assertThat(flights().selected("dt = '" + "x".repeat(rest) + "'")).isEmpty();
    }

    @Test
    default void emptyExpressionFiltersNothing() {
        flights().create(partition("d1", "1"), partition("d2", "2"));

        assertThat(flights().selected("")).containsExactlyInAnyOrder("d1/1", "d2/2");
        assertThat(flights().valuesOf(get -> {})).hasSize(2).contains(List.of("d1", "1"));
    }

    private static PartitionInput delay(String year, String month, String day) {
        return partition(year, month, day, day + " 17:00:00");
    }
}
