package io.fanin.model.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.json.SpecFields;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.TableDefinition;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A run reads its own document: whatever a spec may state is written so that it is read as the same. */
class SpecDocumentTest {

    private static final SpecReader READER = new SpecReader();

    /** Together they have the fields of all processors and modes. */
    static final List<String> SPECS =
            List.of(table("""
                    'timeZone': 'Europe/Berlin', 'onEmpty': 'fail', 'onPartial': 'fail', 'onNewColumns': 'append',
                    'partitionIndexes': [['dt']], 'verify': {'partitionsPerRun': 7}, 'enabled': false,
                    'detection': {'mode': 'list', 'lookback': 'P7D', 'lateData': true, 'gaps': 'report', 'maxAttempts': 3,
                                  'readiness': {'marker': '_SUCCESS', 'quietPeriod': 'PT5M', 'age': 'PT1H'}},
                    'processor': {'type': 'validate', 'schema': 'strict', 'statistics': ['carrier'],
                                  'expect': [{'name': 'some', 'rows': {'atLeast': 1}},
                                             {'name': 'known', 'notNull': ['carrier']},
                                             {'name': 'right', 'sql': 'carrier > 1'}]}
                    """), table("""
                    'processor': {'type': 'register'},
                    'detection': {'mode': 'full', 'lateData': true, 'vanished': 'deregister', 'force': true}
                    """), made("""
                    'processor': {'type': 'custom', 'name': 'mine', 'options': {'deep': [1]}}, 'takesOver': 'analytics.old',
                    'detection': {'mode': 'range', 'from': '2026-01-01T00:00', 'to': '2026-01-02T00:00'}
                    """), made("""
                    'processor': {'type': 'glue-job', 'job': 'delays', 'arguments': {'--scope': 'full'},
                                  'partitionsPerRun': 24, 'schema': 'strict'},
                    'detection': {'mode': 'partitions', 'partitions': [['2026-01-01', '5'], 'dt=2026-01-01/hour=6']}
                    """), made("""
                    'processor': {'type': 'sql', 'query': 'SELECT carrier FROM source', 'timeoutSeconds': 60, 'targetFileSizeMb': 64},
                    'detection': {'mode': 'calendar', 'past': 'PT1H', 'ahead': 'P1D', 'zone': 'UTC'}
                    """), made("""
                    'processor': {'type': 'sql', 'file': 's3://specs/delays.sql'},
                    'detection': {'mode': 'calendar', 'from': '2026-01-01T00:00', 'to': '2026-01-02T00:00'}
                    """), table("""
                    'processor': {'type': 'convert', 'onBadRecord': 'ignore', 'maxBadRecords': 5, 'required': ['carrier'],
                                  'timezone': 'UTC', 'unknownColumns': 'ignore', 'targetFileSizeMb': 64},
                    'source': {'location': 's3://landing/raw/', 'format': 'csv', 'dateFormat': ['yyyy/MM/dd'],
                               'timestampFormat': ['yyyy/MM/dd HH:mm'], 'layout': 'hive',
                               'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}],
                               'csv': {'delimiter': ';', 'quoted': true, 'header': true, 'charset': 'windows-1252',
                                       'quote': '|', 'comment': '#', 'skipLines': 1, 'trim': true, 'nullTexts': ['-'],
                                       'decimalSeparator': ',', 'groupingSeparator': '.'}},
                    'detection': {'mode': 'events', 'maxAttempts': 3}
                    """), """
            {'database': 'analytics', 'table': 'flights', 'location': 's3://lake/flights/', 'format': 'csv',
             'columns': [{'name': 'carrier', 'type': 'string'}], 'layout': 'day=${dt}',
             'partitionKeys': [{'name': 'dt', 'type': 'string', 'format': 'yyyyMMdd', 'time': true, 'interval': 1}],
             'processor': {'type': 'validate', 'types': true},
             'csv': {'delimiter': ';', 'quoted': false, 'header': true, 'nullText': '-', 'escape': '\\\\'}}
            """);

    private static final List<JsonNode> VALUES = json("""
            ['', ' ', 'a', 'Z', 'z', '+00:00', '-00:00', '+05:30', '-17:59', 'UTC', 'GMT0', 'Etc/GMT+5', 'EST5EDT', 'Zulu',
             'P1D', 'PT24H', 'PT0S', 'P7D', 'P1W', 'PT1H30M', 'P1DT-1H', '-PT1H', 'PT0.5S', 'P1Y', 'P106751991167300D',
             '2026-01-01', '2026-01-01T00', '2026-01-01T00:00', '2026-01-01T00:00:00', '2026-01-01T00:00:01',
             '2026-01-01T00:00:01.5', '0001-01-01T00:00', '+10000-01-01T00:00', '9999-12-31T23:59:59',
             'other.table', 'a.b.c', 's3://lake', 's3://lake/', 's3://lake/a', 's3://lake/a b/', 's3://lake/a%20b/',
             's3://lake/\u00e9/', 's3a://lake/a/', 's3://lake/?x#y/', 's3://lake/a//b/', 'avro', 'other', 'template',
             'timestamp', 'bigint', 'decimal(10,2)', 'array<struct<a:int>>', 'dt=2026-01-01/hour=5', 'dt=2026-01-01',
             '\\\\', '\\t', '|', ';', ',', '.', "\\u0001", "\\ud83d\\ude00", 'utf-8', 'UTF-8', 'UTF-16', '1%', '0.1%',
             '--a', '-', 'skip', 'append', 'ignore', 'report', 'register', 'fail',
             0, 1, -1, 2, 50, 100, 2147483647, 9223372036854775807,
             0.0, 1.0, 0.5, 5e-9, 1E-7, 1E2, 0.10, 0.1234567890123456789,
             true, false, null, [], {}, [''], ['a', 'b'], ['carrier'], [null], [['2026-01-01', '5']], {'a': 'b'},
             {'a': 1.0, 'b': null}]
            """).valueStream().toList();

    @Test
    void togetherTheyHaveEveryField() {
        assertThat(SPECS.stream().flatMap(fields -> SpecFields.of(json(fields))))
                .containsAll(SpecFields.ofSchema());
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void whateverIsAcceptedIsReadAgain(String fields) {
        ObjectNode spec = (ObjectNode) json(fields);
        TableDefinition definition = definition(READER.read(spec));
        for (String place : SchemaExamples.places(spec)) {
            VALUES.stream()
                    .map(value -> SchemaExamples.with(spec, place, value))
                    .flatMap(SpecDocumentTest::accepted)
                    .flatMap(accepted ->
                            Stream.of(accepted, accepted.resolved(definition).document()))
                    .forEach(SpecDocumentTest::isReadAgain);
        }
    }

    private static Stream<TableSpec> accepted(JsonNode spec) {
        try {
            return Stream.of(READER.read(spec));
        } catch (SpecException e) {
            return Stream.empty();
        }
    }

    private static void isReadAgain(TableSpec spec) {
        String document = Json.text(spec);
        assertThat(Json.read(document, TableSpec.class, document)).isEqualTo(spec);
    }

    private static TableDefinition definition(TableSpec spec) {
        return new TableDefinition(
                spec.tableName(),
                spec.location().orElseThrow(),
                spec.format().orElseThrow(),
                spec.csv().map(CsvSpec::options).orElse(CsvOptions.DEFAULT),
                spec.columns().orElseThrow(),
                spec.partitionKeys().orElseThrow(),
                spec.layout().orElseThrow());
    }

    private static String table(String more) {
        return """
                {'database': 'analytics', 'table': 'flights', 'location': 's3://lake/flights/', 'format': 'parquet',
                 'columns': [{'name': 'carrier', 'type': 'string'}], 'layout': 'hive',
                 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}],
                """ + more + "}";
    }

    private static String made(String more) {
        return table("'source': {'location': 's3://landing/raw/', 'format': 'json'}, " + more);
    }

    private static JsonNode json(String text) {
        try {
            return Json.input().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
