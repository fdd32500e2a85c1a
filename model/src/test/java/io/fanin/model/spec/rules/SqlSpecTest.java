package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SourceSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for the processor {@code sql}. */
class SqlSpecTest {

    private static final String SOURCE = "'source': {'location': 's3://landing/flights/'}";

    @Test
    void everythingThatAQueryCanSayIsRead() throws JsonProcessingException {
        TableSpec spec = read(spec("'source': {'location': 's3://landing/flights/', 'format': 'csv',"
                + " 'columns': [{'name': 'delay', 'type': 'int'}]}, 'processor': {'type': 'sql', 'query': 'SELECT 1',"
                + " 'timeoutSeconds': 60, 'onBadRecord': 'ignore', 'maxBadRecords': 5, 'unknownColumns': 'bad',"
                + " 'required': ['Delay'], 'timezone': 'Europe/Berlin', 'targetFileSizeMb': 64,"
                + " 'expect': [{'name': 'enough', 'rows': {'atLeast': 2}}]}"));

        assertThat(spec.processor())
                .hasValue(new ProcessorSpec.Sql(
                        Optional.of("SELECT 1"),
                        Optional.empty(),
                        Optional.of(60),
                        Optional.of(OnBadRecord.IGNORE),
                        Optional.of(new BadRecordLimit.Count(5)),
                        Optional.of(UnknownColumns.BAD),
                        Optional.of(List.of("Delay")),
                        Optional.of("Europe/Berlin"),
                        Optional.of(64),
                        Optional.of(List.of(new Expectation(
                                "enough",
                                Optional.of(new Expectation.RowCount(2)),
                                Optional.empty(),
                                Optional.empty())))));
        assertThat(spec.source().flatMap(SourceSpec::columns)).hasValue(List.of(new Column("delay", "int")));
        assertThat(Json.read(Json.text(spec), TableSpec.class, "spec")).isEqualTo(spec);
    }

    @Test
    void parquetMayBeASource() throws JsonProcessingException {
        TableSpec spec = read(spec("'source': {'location': 's3://landing/flights/', 'format': 'parquet'},"
                + " 'processor': {'type': 'sql', 'file': 's3://lake/queries/a.sql'}"));

        assertThat(spec.source().orElseThrow().formatOrDefault()).isEqualTo(DataFormat.PARQUET);
    }

    @Test
    void fileGivesWayToItsText() throws JsonProcessingException {
        TableSpec spec = read(spec(SOURCE + ", 'processor': {'type': 'sql', 'file': 's3://lake/queries/a.sql',"
                + " 'timeoutSeconds': 5, 'expect': [{'name': 'a', 'sql': 'b'}]}"));

        ProcessorSpec.Sql sql = ((ProcessorSpec.Sql) spec.processorOrDefault()).withQuery("SELECT 1");

        assertThat(spec.with(sql).processor())
                .hasValueSatisfying(processor -> assertThat(Json.text(processor))
                        .isEqualTo("{\"type\":\"sql\",\"query\":\"SELECT 1\",\"timeoutSeconds\":5,\"expect\":"
                                + "[{\"name\":\"a\",\"sql\":\"b\"}]}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'processor': {'type': 'sql', 'query': 'SELECT 1'} | $.source: is missing: it says where the data lies that sql reads",
                SOURCE + ", 'processor': {'type': 'sql'} | $.processor: expected one of query and file, found none",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'query': 'SELECT 1', 'file': 's3://a-b/c.sql'} | $.processor: expected one"
                        + " of query and file, found both",
                SOURCE + ", 'processor': {'type': 'sql', 'query': ' '} | $.processor.query: is empty",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'query': 'SELECT \\u0000'} | $.processor.query: has the character NUL,"
                        + " which SQL has no way to write",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'file': '/tmp/a.sql'} | $.processor.file: expected the S3 URI of an object"
                        + " such as s3://bucket/queries/delays.sql, found '/tmp/a.sql'",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'file': 's3://lake/queries/'} | $.processor.file: expected the S3 URI of an"
                        + " object such as s3://bucket/queries/delays.sql, found 's3://lake/queries/'",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'query': 'SELECT 1', 'timeoutSeconds': 0} | $.processor.timeoutSeconds:"
                        + " expected 1 to 900, found 0",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'query': 'SELECT 1', 'onBadRecord': 'fail', 'maxBadRecords': 1} |"
                        + " $.processor.maxBadRecords: cannot be combined with onBadRecord fail, which allows none",
                SOURCE
                        + ", 'format': 'json', 'processor': {'type': 'sql', 'query': 'SELECT 1'} | $.format: expected parquet, which is"
                        + " what sql writes, found json",
                "'source': {'location': 's3://landing/', 'format': 'parquet'}, 'processor': {'type': 'sql', 'query': 'SELECT 1',"
                        + " 'timezone': 'UTC'} | $.processor.timezone: is only for raw records in json or csv, the source's are parquet",
                "'source': {'location': 's3://landing/', 'columns': [{'name': 'a', 'type': 'int(3)'}]}, 'processor': {'type': 'sql',"
                        + " 'query': 'SELECT 1'} | $.source.columns[0].type: expected a Hive type such as string or bigint, found 'int(3)': expected"
                        + " the end at position 4",
                "'source': {'location': 's3://landing/', 'columns': [{'name': 'a', 'type': 'int'}]}, 'processor': {'type': 'sql',"
                        + " 'query': 'SELECT 1', 'required': ['b']} | $.processor.required[0]: 'b' is none of the columns",
                "'source': {'location': 's3://landing/', 'columns': [{'name': 'a', 'type': 'int'}]}, 'processor': {'type': 'convert'}"
                        + " | $.source.columns: is only for the processor sql: the others read what the table's columns say",
                "'source': {'location': 's3://landing/', 'format': 'parquet'}, 'processor': {'type': 'convert'} | $.source.format:"
                        + " expected json or csv, found parquet, which only the processors sql, custom and glue-job read",
                SOURCE
                        + ", 'columns': [{'name': 'a', 'type': 'int'}], 'processor': {'type': 'sql', 'query': 'SELECT 1',"
                        + " 'expect': [{'name': 'x', 'notNull': ['b']}]} | $.processor.expect[0].notNull[0]: 'b' is none of the"
                        + " columns",
                SOURCE
                        + ", 'processor': {'type': 'sql', 'query': 'SELECT 1', 'expect': [{'name': 'x', 'sql': 'a; b'}]} |"
                        + " $.processor.expect[0].sql: expected one condition without ';', '$' and comments outside of quotes,"
                        + " found ';' at character 2",
            })
    void whatDoesNotGoTogetherIsRefusedWithItsPath(String fields, String problem) {
        assertRefused(spec(fields), problem);
    }

    @Test
    void queryThatIsTooLongIsRefused() throws JsonProcessingException {
        ObjectNode json = (ObjectNode) Json.documents().readTree(spec(SOURCE));
        json.set(
                "processor",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "sql")
                        .put("query", "SELECT '" + "ü".repeat(SqlRules.MAX_BYTES / 2) + "'"));

        assertThatThrownBy(() -> new SpecReader().read(json))
                .hasMessageContaining("$.processor.query: has 131081 bytes, expected 131072 at most");
    }
}
