package io.fanin.records.raw;

import static io.fanin.records.raw.JsonReading.AB;
import static io.fanin.records.raw.JsonReading.read;
import static io.fanin.records.raw.JsonReading.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.records.raw.text.EndlessRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unreadable input becomes a bad record with its line and the reason, and affects no other record. */
class BadJsonRecordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int           | 12.5                       | column c: expected int, found 12.5",
                "int           | 2147483648                 | column c: expected int, found 2147483648",
                "int           | \"\"                       | column c: expected int, found \"\"",
                "int           | \"0x1F\"                   | column c: expected int, found \"0x1F\"",
                "varchar(3)    | \"abcd\"                   | column c: expected varchar(3), found \"abcd\"",
                "char(3)       | 12345                      | column c: expected char(3), found 12345",
                "map<varchar(1),int> | {\"xy\":1}           | column c: expected varchar(1), found \"xy\"",
                "int           | true                       | column c: expected int, found true",
                "tinyint       | 128                        | column c: expected tinyint, found 128",
                "double        | \"abc\"                    | column c: expected double, found \"abc\"",
                "double        | 1e999                      | column c: expected double, found 1e999",
                "float         | 1e39                       | column c: expected float, found 1e39",
                "boolean       | 1                          | column c: expected boolean, found 1",
                "boolean       | \"yes\"                    | column c: expected boolean, found \"yes\"",
                "decimal(4,2)  | 100                        | column c: expected decimal(4,2), found 100",
                "decimal(4,2)  | 1e999999999                | column c: expected decimal(4,2), found 1e999999999",
                "date          | \"2023-02-29\"             | column c: expected date, found \"2023-02-29\"",
                "date          | 20230228                   | column c: expected date, found 20230228",
                "timestamp     | 1704067200                 | column c: expected timestamp, found 1704067200",
                "timestamp     | \"2024-01-01T25:00:00Z\"   | column c: expected timestamp, found \"2024-01-01T25:00:00Z\"",
                "timestamp     | \"2024-01-01T00:00:00 CET\"| column c: expected timestamp, found \"2024-01-01T00:00:00 CET\"",
                "array<int>    | 1                          | column c: expected array<int>, found 1",
                "array<int>    | [1,\"x\"]                  | column c: expected int, found \"x\"",
                "map<string,int> | {\"k\":1,\"\\u006b\":2}  | column c has the key \"\\u006b\" twice",
                "map<int,int>  | {\"x\":1}                  | column c: expected int, found \"x\"",
                "struct<x:int> | []                         | column c: expected struct<x:int>, found []",
                "struct<x:int> | {\"x\":{}}                 | column c.x: expected int, found {}",
                "struct<x:int> | {\"x\":1,\"X\":2}          | column c has the field 'x' twice"
            })
    void valueThatItsColumnCannotHoldMakesTheRecordBad(String type, String value, String reason) throws IOException {
        Sink sink = read(
                List.of(new Column("c", type)), "{\"c\":null}\n{\"c\":" + value + "}{\"other\":[" + value + "]}\n");

        assertThat(sink.good).containsExactly("{}", "{}");
        assertThat(sink.bad).containsExactly(new Sink.Bad(2, reason, "{\"c\":" + value + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,}           | expected '\"', found '}'",
                "{\"a\":NaN}          | expected a value, found 'N'",
                "{\"a\":1 \"b\":2}    | expected ',' or '}', found '\"'",
                "{\"a\":01}           | expected ',' or '}', found '1'",
                "{'a':1}              | expected '\"', found '''",
                "{\"a\":1}]           | expected a JSON object, found ']'",
                "garbage              | expected a JSON object, found 'g'",
                "17                   | expected a JSON object, found '1'",
                "{\"b\":\"x           | a string has the control character U+000A in it",
                "{\"b\":\"\\x\"}      | a string has a backslash before 'x'",
                "{\"b\":\"\\ud800\"}  | a string has half of a surrogate pair",
                "{\"a\":              | expected a value, found '{'"
            })
    void brokenRecordEndsBeforeALineWithABrace(String broken, String reason) throws IOException {
        Sink sink = read(AB, "{\"a\":1}\n" + broken + "\n{\"a\":3}\n");

        assertThat(sink.bad).hasSize(1);
        if (broken.endsWith(":")) {
            return;
        }
        assertThat(sink.bad.getFirst().reason()).isEqualTo(reason);
        assertThat(sink.bad.getFirst().line()).isEqualTo(2);
        assertThat(sink.good).endsWith("{\"0\":3}").startsWith("{\"0\":1}");
    }

    @Test
    void truncatedRecordDoesNotSwallowTheNext() throws IOException {
        Sink sink = read(AB, "{\"a\":1,\"b\":\n{\"a\":2}\n{\"a\":3}\n");

        assertThat(sink.good).containsExactly("{\"0\":2}", "{\"0\":3}");
        assertThat(sink.bad)
                .hasSize(1)
                .first()
                .satisfies(bad -> assertThat(bad.line()).isOne());
    }

    @Test
    void eachLineOutsideObjectsIsABadRecord() throws IOException {
        Sink sink = read(AB, "{\"a\":1}\na,b\n1,2\n\n  3,4 {\"a\":2}\r\n{\"a\":3}\nnull");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}");
        assertThat(sink.bad).extracting(Sink.Bad::raw).containsExactly("a,b", "1,2", "3,4 {\"a\":2}", "null");
        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(2L, 3L, 5L, 7L);
    }

    @Test
    void partsOfABrokenRecordAreNoRecords() throws IOException {
        Sink sink = read(
                AB,
                "  \"a\": 2,\n  \"o\": [\n    {\n      \"a\": 99\n    },\n    [\n    ]\n  ]\n}\n{\n  \"a\": 1\n}\n");

        assertThat(sink.good).containsExactly("{\"0\":1}");
        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void indentedRecordsAfterTextAreReadAtTheUsualMargin() throws IOException {
        Sink sink = read(AB, "  {\"a\":1}\n  text\n  {\"a\":2}\n{\"a\":3}\n");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":2}", "{\"0\":3}");
        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(2L);
    }

    @Test
    void brokenRecordOfAnIndentedArrayKeepsTheOthers() throws IOException {
        Sink sink = read(
                AB,
                "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": x,\n    \"o\": {\n    }\n  },\n  {\n    \"a\": 3\n  }\n]");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}");
        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(5L);
    }

    @Test
    void dataThatEndsInTheMiddleIsBad() throws IOException {
        assertThat(read(AB, "{\"a\":1}\n{\"a\"").bad)
                .containsExactly(new Sink.Bad(2, "expected ':', found the end of the data", "{\"a\""));
        assertThat(read(AB, "[{\"a\":1}").bad)
                .extracting(Sink.Bad::reason)
                .containsExactly("the data ends in the middle of an array");
    }

    @Test
    void textThatIsNotUtf8IsBad() throws IOException {
        Sink sink = new Sink(AB);
        byte[] bytes = "{\"b\":\"\u00e9\"}\n{\"b\":\"ok\"}\n".getBytes(StandardCharsets.ISO_8859_1);

        records(AB, bytes, ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), sink);

        assertThat(sink.good).containsExactly("{\"1\":\"ok\"}");
        assertThat(sink.bad).extracting(Sink.Bad::reason).containsExactly("a text is not UTF-8");
    }

    @Test
    void recordAboveTheLimitIsNotHeldInMemory() throws IOException {
        String huge = "{\"b\":\"" + "x".repeat(ByteWindow.MAX_RECORD) + "\"}";

        Sink sink = read(AB, "{\"a\":1}\n" + huge + "\n{\"a\":3}\n");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}");
        assertThat(sink.bad).hasSize(1).first().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(2);
            assertThat(bad.reason()).isEqualTo("it is longer than 16777216 bytes");
            assertThat(bad.raw()).hasSize(JsonRecords.MAX_RAW);
        });
    }

    /** Missing fields are written, too, and are much longer than the record. */
    @Test
    void recordThatIsAboveTheLimitWithItsMissingFieldsIsBad() throws IOException {
        String fields = IntStream.range(0, 100)
                .mapToObj(i -> "a_long_name_of_a_field_" + i + ":string")
                .collect(Collectors.joining(","));
        List<Column> columns = List.of(new Column("a", "int"), new Column("s", "array<struct<" + fields + ">>"));
        String lacking = "{\"a\":2,\"s\":[" + "{},".repeat(20_000) + "{}]}";

        Sink sink = read(columns, "{\"a\":1}\n" + lacking + "\n{\"a\":3}\n" + lacking + "{\"a\":5}\n");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}", "{\"0\":5}");
        assertThat(sink.bad)
                .extracting(Sink.Bad::reason)
                .containsExactly(
                        "column s is over 32 MiB with its missing fields",
                        "column s is over 32 MiB with its missing fields");
    }

    @Test
    void nothingOfABadNestedValueIsLeft() throws IOException {
        List<Column> columns = List.of(new Column("a", "array<struct<b:int>>"));

        Sink sink = read(columns, "{\"a\":1}\n{\"a\":[{}]}\n{\"a\":[{\"b\":[]}]}\n{\"a\":[{\"b\":1,\"c\":2}]}\n");

        assertThat(sink.good).containsExactly("{\"0\":[{\"b\":null}]}", "{\"0\":[{\"b\":1}]}");
        assertThat(sink.bad).hasSize(2);
    }

    @Test
    void recordNestedWithoutEndIsBad() throws IOException {
        assertThat(read(AB, "{\"o\":" + "[".repeat(100_000) + "\n{\"a\":1}\n").bad)
                .extracting(Sink.Bad::reason)
                .containsExactly("it is nested deeper than 200 levels");
    }

    /** For any bytes, reading ends, and every byte is in a good or a bad record, or the object fails. */
    @Test
    void randomDamageNeverEndsTheReading() throws IOException {
        int endless = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] json = "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n[{\"a\":3},\n{\"a\":4}]\n"
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
            Sink sink = new Sink(AB);

            try {
                records(AB, json, ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), sink);
            } catch (EndlessRecordException e) {
                endless++;
            }

            assertThat(sink.good.size() + sink.bad.size()).as("seed %d", seed).isBetween(1, 8);
        }
        assertThat(endless).isLessThan(100);
    }
}
