package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.DataFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the processor {@code validate}. */
class ValidateSpecTest {

    private static final String COLUMNS =
            "'columns': [{'name': 'carrier', 'type': 'string'}, {'name': 'dep_delay', 'type': 'int'}], ";

    @Test
    void typeAloneIsEnough() throws JsonProcessingException {
        assertThat(read(spec("'processor': {'type': 'validate'}")).processor())
                .hasValue(ProcessorSpec.Validate.DEFAULT);
        assertThat(Json.text(ProcessorSpec.Validate.DEFAULT)).isEqualTo("{\"type\":\"validate\"}");
        assertThat(ProcessorSpec.Validate.DEFAULT.schemaOrDefault()).isEqualTo(SchemaCheck.STRICT);
    }

    @Test
    void allFieldsAreReadAsWritten() throws JsonProcessingException {
        TableSpec spec = read(
                spec(
                        COLUMNS + "'processor': {'type': 'validate', 'schema': 'ignore',"
                                + " 'statistics': ['dep_delay'], 'expect': [{'name': 'enough', 'rows': {'atLeast': 2}},"
                                + " {'name': 'keyed', 'notNull': ['Carrier']}, {'name': 'sane', 'sql': 'dep_delay between -120 and (3000)'}]}"));

        assertThat(spec.processor())
                .hasValue(new ProcessorSpec.Validate(
                        Optional.of(SchemaCheck.IGNORE),
                        Optional.empty(),
                        Optional.of(List.of("dep_delay")),
                        Optional.of(List.of(
                                new Expectation(
                                        "enough",
                                        Optional.of(new Expectation.RowCount(2)),
                                        Optional.empty(),
                                        Optional.empty()),
                                new Expectation(
                                        "keyed", Optional.empty(), Optional.of(List.of("Carrier")), Optional.empty()),
                                new Expectation(
                                        "sane",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("dep_delay between -120 and (3000)"))))));
        assertThat(read(Json.text(spec))).isEqualTo(spec);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'schema': 'loose' | schema: expected 'strict' or 'ignore', found 'loose'",
                "'statistics': [] | statistics: names no columns",
                "'statistics': ['dep_delay', 'DEP_DELAY'] | statistics[1]: 'DEP_DELAY' is there twice",
                "'statistics': ['delay'] | statistics[0]: 'delay' is none of the columns",
                "'expect': [{'rows': {'atLeast': 1}}] | expect[0].name: is missing",
                "'expect': [{'name': ' ', 'rows': {'atLeast': 1}}] | expect[0].name: expected 1 to 100 characters, found 1",
                "'expect': [{'name': 'a', 'rows': {}}] | expect[0].rows.atLeast: is missing",
                "'expect': [{'name': 'a', 'rows': {'atLeast': 'x'}}] | expect[0].rows.atLeast: expected a whole number, found 'x'",
                "'expect': [{'name': 'a', 'rows': {'atLeast': 0}}] | expect[0].rows.atLeast: expected 1 or more, found 0",
                "'expect': [{'name': 'a'}] | expect[0]: expected one of rows, notNull and sql, found none",
                "'expect': [{'name': 'a', 'sql': 'true', 'notNull': ['carrier']}] | expect[0]: expected one of rows, notNull"
                        + " and sql, found 2 of them",
                "'expect': [{'name': 'a', 'sql': 'true'}, {'name': 'a', 'sql': 'true'}] | expect[1].name: 'a' is there twice",
                "'expect': [{'name': 'a', 'notNull': ['x']}] | expect[0].notNull[0]: 'x' is none of the columns",
                "'expect': [{'name': 'a', 'sql': ' '}] | expect[0].sql: is empty",
                "'expect': [{'name': 'a', 'sql': 'true) or (true'}] | expect[0].sql: has a ')' too many, at character 5",
                "'expect': [{'name': 'a', 'sql': '(true'}] | expect[0].sql: has a '(' too many",
                "'expect': [{'name': 'a', 'sql': 'true; select 1'}] | expect[0].sql: expected one condition without ';', '$'"
                        + " and comments outside of quotes, found ';' at character 5",
                "'expect': [{'name': 'a', 'sql': 'true -- x'}] | expect[0].sql: expected one condition without ';', '$' and"
                        + " comments outside of quotes, found '-' at character 6",
                "'expect': [{'name': 'a', 'sql': 'a = E\\u0027x\\u0027'}] | expect[0].sql: expected texts"
                        + " without escapes, such as 'it''s', found E' at character 5",
                "'expect': [{'name': 'a', 'sql': 'a = \\u0027x'}] | expect[0].sql: has a quote that does not end, at character 5",
            })
    void whatCannotBeAskedIsNamedWithWhatWasExpected(String fields, String problem) {
        assertRefused(spec(COLUMNS + "'processor': {'type': 'validate', " + fields + "}"), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "json | 'schema': 'strict'         | schema: is only for the formats parquet and avro, the table's is json",
                "json | 'statistics': ['carrier']  | statistics: is only for the format parquet, the table's is json",
                "avro | 'statistics': ['carrier']  | statistics: is only for the format parquet, the table's is avro",
                "avro | 'types': true | types: is only for the formats json and csv, the table's is avro; see processor.schema",
                "avro | 'expect': [{'name': 'a', 'notNull': ['carrier']}] | expect[0]: expected rows: values of the format avro are not read"
            })
    void whatAFormatCannotAnswerIsNotAsked(String format, String fields, String problem) {
        assertRefused(
                spec(COLUMNS + "'format': '" + format + "', 'processor': {'type': 'validate', " + fields + "}"),
                problem);
    }

    @Test
    void schemasAndRowsOfAvroAreChecked() throws JsonProcessingException {
        assertThat(read(spec(COLUMNS + "'format': 'avro', 'processor': {'type': 'validate', 'schema': 'ignore',"
                                + " 'expect': [{'name': 'a', 'rows': {'atLeast': 1}}]}"))
                        .format())
                .hasValue(DataFormat.AVRO);
    }

    @Test
    void valuesOfParquetHaveTypesOfTheirOwn() {
        assertRefused(
                spec("'format': 'parquet', 'processor': {'type': 'validate', 'types': true}"),
                "types: is only for the formats json and csv, the table's is parquet; see processor.schema");
    }

    @Test
    void valuesAreHeldAgainstTypesUnlessTheSpecSaysNo() throws JsonProcessingException {
        assertThat(ProcessorSpec.Validate.DEFAULT.typesOrDefault()).isTrue();
        assertThat(read(spec("'format': 'csv', 'processor': {'type': 'validate', 'types': false}"))
                        .processor())
                .hasValue(new ProcessorSpec.Validate(
                        Optional.empty(), Optional.of(false), Optional.empty(), Optional.empty()));
    }

    @Test
    void rowsCanBeCountedInEveryFormat() throws JsonProcessingException {
        assertThat(read(spec("'format': 'csv', 'processor': {'type': 'validate', 'expect': [{'name': 'enough',"
                                + " 'rows': {'atLeast': 1}}]}"))
                        .processor())
                .isPresent();
    }

    /**
     * DuckDB takes them for blanks, and Java's identifiers may have them: then the quote behind the backslash ended
     * nothing.
     */
    @ParameterizedTest
    @ValueSource(strings = {"\\u200b", "\\u200d", "\\u2060", "\\ufeff", "\\u00ad", "\\u00a0", "\\u3000", "+"})
    void textWithEscapesIsRecognisedBehindBlanksOfAnyWidth(String blank) {
        assertRefused(
                spec("'processor': {'type': 'validate', 'expect': [{'name': 'a', 'sql': 'a = x" + blank
                        + "E\\u0027x\\u0027'}]}"),
                "expect[0].sql: expected texts without escapes, such as 'it''s', found E' at character 7");
    }

    @Test
    void quotesHideWhatWouldEndACondition() throws JsonProcessingException {
        assertThat(read(spec(
                                "'processor': {'type': 'validate', 'expect': [{'name': 'a',"
                                        + " 'sql': 'd > date\\u00272013-02-08\\u0027 and a <> \\u0027);--\\u0027\\u0027(\\u0027 and \\u0022b;\\u0022 = 1'}]}"))
                        .processor())
                .isPresent();
    }

    private static void assertRefused(String spec, String problem) {
        assertThatThrownBy(() -> read(spec))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.processor." + problem);
    }
}
