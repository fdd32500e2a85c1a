package io.fanin.model.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of a spec's JSON: its fields and their types. */
class SpecShapeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null | null", "[] | an array", "\"x\" | 'x'", "5 | 5", "true | true"},
            quoteCharacter = '`')
    void specIsAJsonObject(String json, String found) {
        assertThatThrownBy(() -> read(json))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $: expected a JSON object such as"
                        + " {\"database\": \"analytics\", \"table\": \"flights\"}, found " + found);
    }

    @Test
    void inputThatIsNotThereIsNothing() {
        assertThatThrownBy(() -> new SpecReader().read(null))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageEndingWith("found nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'database': null                             | $.database: is missing",
                "'database': 5                                | $.database: expected a string, found 5",
                "'database': {}                               | $.database: expected a string, found an object",
                "'table': []                                  | $.table: expected a string, found an array",
                "'location': 5                                | $.location: expected a string, found 5",
                "'location': {'bucket': 'b', 'prefix': ''}    | $.location: expected a string, found an object",
                "'format': ['csv']                            | $.format: expected a string, found an array",
                "'csv': ''                                    | $.csv: expected an object, found ''",
                "'csv': {'delimiter': 5}                      | $.csv.delimiter: expected a string, found 5",
                "'csv': {'quoted': 'true'}                    | $.csv.quoted: expected true or false, found 'true'",
                "'csv': {'header': 1}                         | $.csv.header: expected true or false, found 1",
                "'columns': {}                                | $.columns: expected an array, found an object",
                "'columns': ['a']                             | $.columns[0]: expected an object, found 'a'",
                "'columns': [null]                            | $.columns[0]: expected an object, found null",
                "'columns': [{'name': 'a', 'type': 5}]        | $.columns[0].type: expected a string, found 5",
                "'columns': [{'name': 'a'}]                   | $.columns[0].type: is missing",
                "'columns': [{'name': null, 'type': 'int'}]   | $.columns[0].name: is missing",
                "'partitionKeys': 'dt'                        | $.partitionKeys: expected an array, found 'dt'",
                "'partitionKeys': [null]                      | $.partitionKeys[0]: expected an object, found null",
                "'partitionKeys': [{'name': 'dt'}]            | $.partitionKeys[0].type: is missing",
                "'partitionKeys': [{'name': 'dt', 'type': 1}] | $.partitionKeys[0].type: expected a string, found 1",
                "'layout': true                               | $.layout: expected a string, found true",
                "'processor': 'validate'                      | $.processor: expected an object, found 'validate'",
                "'processor': {}                              | $.processor.type: is missing",
                "'processor': {'type': 'convert', 'required': 'a'} | $.processor.required: expected an array, found 'a'",
                "'processor': {'type': 'convert', 'targetFileSizeMb': '1'} | $.processor.targetFileSizeMb: expected a whole"
                        + " number, found '1'",
                "'processor': {'type': 'convert', 'maxBadRecords': true} | $.processor.maxBadRecords: expected a whole"
                        + " number of records, or a ratio below 1 such as 0.01, found true",
                "'source': 's3://landing/'                    | $.source: expected an object, found 's3://landing/'",
                "'source': {}                                 | $.source.location: is missing",
                "'detection': {'mode': null}                  | $.detection.mode: is missing",
                "'onPartial': false                           | $.onPartial: expected a string, found false",
            })
    void valueOfAnotherKindIsNamedWithWhatWasExpected(String field, String problem) {
        assertRefused(spec(field), problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'colums': []                                 | $.colums: unknown field, expected one of: columns, csv,"
                        + " database, detection, enabled, format, layout, location, onEmpty, onNewColumns, onPartial, partitionIndexes, partitionKeys, processor, source,"
                        + " table, takesOver, timeZone, verify",
                "'csv': {'delimeter': ','}                    | $.csv.delimeter: unknown field, expected one of:"
                        + " charset, comment, decimalSeparator, delimiter, escape, groupingSeparator, header, nullText, nullTexts, quote,"
                        + " quoted, skipLines, trim",
                "'columns': [{'name': 'a', 'type': 'int', 'comment': ''}] | $.columns[0].comment: unknown field,"
                        + " expected one of: name, type",
                "'processor': {'type': 'validate', 'kind': 1} | $.processor.kind: unknown field, expected one of: expect, schema, statistics, types",
                "'processor': {'type': 'convert', 'zone': 1}  | $.processor.zone: unknown field, expected one of:"
                        + " expect, maxBadRecords, onBadRecord, required, targetFileSizeMb, timezone, unknownColumns",
                "'source': {'location': 's3://landing/', 'key': 1} | $.source.key: unknown field, expected one of: columns, csv,"
                        + " dateFormat, format, layout, location, partitionKeys, timestampFormat",
            })
    void unknownFieldIsNamedWithTheKnownOnes(String field, String problem) {
        assertRefused(spec(field), problem);
    }

    @Test
    void misspeltRequiredFieldIsNamedAsUnknownAndAsMissing() {
        assertThatThrownBy(() -> read(spec("'partitionKeys': [{'name': 'dt', 'typ': 'date'}]")))
                .hasMessage("The table spec cannot be run: "
                        + "$.partitionKeys[0].typ: unknown field, expected one of: format, interval, name, time, type; "
                        + "$.partitionKeys[0].type: is missing");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read("{\"database\":5,\"onpartial\":\"fail\",\"csv\":{\"quoted\":1}}"))
                .hasMessageContainingAll(
                        "$.database: expected a string, found 5",
                        "$.table: is missing",
                        "$.onpartial: unknown field",
                        "$.csv.quoted: expected true or false, found 1");
    }

    @Test
    void nullIsAsIfTheFieldWereNotThere() throws JsonProcessingException {
        assertThat(read(spec("'location': null, 'columns': null, 'csv': {'quoted': null}, 'onPartial': null")))
                .isEqualTo(read(spec("'csv': {}")));
    }

    @Test
    void repeatedFieldIsRefusedWhereTextIsRead() {
        assertThatThrownBy(() -> read("{\"database\":\"a\",\"database\":\"b\",\"table\":\"t\"}"))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("database");
    }

    @Test
    void textAfterTheSpecIsRefusedWhereTextIsRead() {
        assertThatThrownBy(() -> read("{\"database\":\"a\",\"table\":\"t\"} {\"onPartial\":\"succeed\"}"))
                .isInstanceOf(JsonProcessingException.class);
    }

    /** Refused for this one problem, which names its path. */
    static void assertRefused(String spec, String problem) {
        assertThatThrownBy(() -> read(spec))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: " + problem);
    }

    static TableSpec read(String json) throws JsonProcessingException {
        JsonNode tree = Json.input().readTree(json);
        return new SpecReader().read(tree);
    }

    /** A spec with one more field; quotes are written {@code '}. */
    static String spec(String field) {
        String names = field.startsWith("'database'")
                ? "\"table\":\"flights\","
                : field.startsWith("'table'")
                        ? "\"database\":\"analytics\","
                        : "\"database\":\"analytics\",\"table\":\"flights\",";
        return "{" + names + field.replace('\'', '"') + "}";
    }
}
