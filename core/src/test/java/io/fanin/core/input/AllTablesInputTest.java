package io.fanin.core.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllTablesInputTest {

    private static AllTablesInput read(String json) throws JsonProcessingException {
        return AllTablesInput.read(Json.documents().readTree(json.replace('\'', '"')));
    }

    @Test
    void everythingMayBeLeftOut() throws JsonProcessingException {
        AllTablesInput input = read("{}");

        assertThat(input.databases().isEmpty()).isTrue();
        assertThat(input.tables().isEmpty()).isTrue();
        assertThat(input.onlyEvents()).isFalse();
        assertThat(input.overrides()).isEmpty();
        assertThat(input.dryRun()).isFalse();
    }

    @Test
    void scheduleSaysItsTimeAndWhatItIsFor() throws JsonProcessingException {
        AllTablesInput input = read("{'id': 'x', 'time': '2026-11-20T10:00:00Z', 'only': 'events'}");

        assertThat(input.time()).contains(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(input.onlyEvents()).isTrue();
    }

    @Test
    void fieldsOfOtherServicesAreIgnored() throws JsonProcessingException {
        String linked = "{'id': 'x', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID': 'arn:aws:states:x'}";

        assertThat(read(linked).isUnfiltered()).isTrue();
    }

    /** The last state gets them together with the receipts of all tables. */
    @ParameterizedTest
    @ValueSource(strings = {"databases", "tables"})
    void listOfNamesIsBounded(String field) {
        String names = "'raw_x.orders', ".repeat(2_000);

        assertThatThrownBy(() -> read("{'%s': [%s 'raw']}".formatted(field, names)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$." + field + ": expected 24576 bytes of names at most");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                        | $: expected an object",
                "{'database': 'raw_x'}                     | $.database: unknown field",
                "{'databases': 'raw_x'}                    | $.databases: expected an array",
                "{'tables': [1]}                           | $.tables: expected an array",
                "{'only': 'queues'}                        | $.only: expected \"events\"",
                "{'time': 'noon'}                          | $.time: expected a moment",
                "{'dryRun': 'yes'}                         | $.dryRun: expected true or false",
                "{'overrides': []}                         | $.overrides: expected an object",
                "{'overrides': {'table': 'flights'}}       | $.overrides.table: is each table's own",
                "{'overrides': {'onPartal': 'succeed'}}    | $.overrides.onPartal: unknown field",
                "{'overrides': {'detection': {'mode': 1}}} | $.overrides.detection.mode: expected",
            })
    void whatIsNotUnderstoodIsNamedByItsPath(String input, String message) {
        assertThatThrownBy(() -> read(input)).isInstanceOf(SpecException.class).hasMessageContaining(message);
    }
}
