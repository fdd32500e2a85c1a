package io.fanin.records.raw;

import static io.fanin.records.raw.JsonReading.AB;
import static io.fanin.records.raw.JsonReading.read;
import static io.fanin.records.raw.JsonReading.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw JSON becomes rows of typed values, as the spec has them. */
class JsonRecordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n",
                "{\"a\":1}\r\n\r\n{\"a\":2}\r\n{\"a\":3}",
                "{\"a\":1}{\"a\":2}{\"a\":3}",
                "{\"a\":1} {\"a\":2}\t{\"a\":3}",
                "[{\"a\":1},{\"a\":2},{\"a\":3}]",
                "[\n  {\n    \"a\": 1\n  },\n  {\"a\":2}\n,{\"a\":3}]\n",
                "[{\"a\":1}]\n[{\"a\":2},{\"a\":3}]",
                "[]{\"a\":1}[{\"a\":2}]{\"a\":3}",
                "\uFEFF{\n\"a\":1\n}\n{\n\"a\":\n2}\n{\"a\":3}",
                "\uFEFF{\"a\":1}\n\uFEFF{\"a\":2}\n  \uFEFF\uFEFF\n{\n\"a\":3}\n\uFEFF",
                "\uFEFF[{\"a\":1}]\uFEFF[{\"a\":2},\uFEFF{\"a\":3}]",
                "{\"A\":1}\n{\"zzz\":[{\"a\":9}],\"a\":2}\n{\"\\u0061\":3}"
            })
    void recordsAreTheSameHoweverTheyAreSetApart(String json) throws IOException {
        Sink sink = read(AB, json);

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":2}", "{\"0\":3}");
        assertThat(sink.bad).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int           | 12                                  | 12",
                "int           | \"12\"                              | 12",
                "int           | 12.0                                | 12",
                "int           | 1e3                                 | 1000",
                "int           | -2147483648                         | -2147483648",
                "tinyint       | 127                                 | 127",
                "bigint        | 9223372036854775807                 | 9223372036854775807",
                "bigint        | \"007\"                             | 7",
                "double        | 1.5                                 | 1.5",
                "double        | \"1e-7\"                            | 1.0E-7",
                "double        | \"NaN\"                             | NaN",
                "float         | 3                                   | 3.0",
                "boolean       | true                                | true",
                "boolean       | \"FALSE\"                           | false",
                "string        | \"x\\n\\u00e9\"                     | \"x\\n\u00e9\"",
                "string        | 1234567890123456789012.50           | \"1234567890123456789012.50\"",
                "string        | {\"k\": [1, \"z\"]}                 | \"{\\\"k\\\": [1, \\\"z\\\"]}\"",
                "varchar(4)    | true                                | \"true\"",
                "varchar(4)    | \"\u00e9\u00e9\u00e9\u00e9\"                          | \"\u00e9\u00e9\u00e9\u00e9\"",
                "decimal(20,2) | 12345678901234567.89                | \"12345678901234567.89\"",
                "decimal(20,2) | \"1.005\"                           | \"1.01\"",
                "decimal       | 7                                   | \"7\"",
                "date          | \"2024-02-29\"                      | \"2024-02-29\"",
                "timestamp     | \"2024-01-01T00:00:00Z\"            | \"2024-01-01 00:00:00\"",
                "timestamp     | \"2024-01-01T00:00:00+02:00\"       | \"2023-12-31 22:00:00\"",
                "timestamp     | \"2024-01-01 10:11:12.123456789 -0130\" | \"2024-01-01 11:41:12.123456\"",
                "timestamp     | \"2024-01-01\"                      | \"2024-01-01 00:00:00\"",
                "array<int>    | [1, null ,3]                        | [1, null ,3]",
                "array<int>    | [ ]                                 | [ ]",
                "map<string,int> | {\"K\":1,\"k\":2}                 | {\"K\":1,\"k\":2}",
                "map<int,date> | {\"1\":\"2024-01-01\"}              | {\"1\":\"2024-01-01\"}",
                "struct<x:int,y:array<string>> | {\"Y\":[\"a\"],\"z\":{},\"X\":\"5\"} | {\"y\":[\"a\"],\"x\":5}",
                "struct<x:int,y:array<date>> | {\"y\":null}           | {\"y\":null,\"x\":null}",
                "array<decimal(4,1)> | [1.25,\"-7\"]                | [\"1.3\",\"-7.0\"]",
                "map<string,double> | {\"k\":1e300,\"n\":\"NaN\"} | {\"k\":1.0E300,\"n\":\"NaN\"}"
            })
    void valuesAreWrittenSoThatNothingOfThemIsLost(String type, String value, String written) throws IOException {
        Sink sink = read(List.of(new Column("c", type)), "{\"c\":" + value + "}");

        assertThat(sink.bad).isEmpty();
        assertThat(sink.good).containsExactly("{\"0\":" + written + "}");
    }

    @Test
    void nullIsAsIfNothingWasThere() throws IOException {
        Sink sink = read(
                List.of(new Column("i", "int"), new Column("s", "struct<x:int>"), new Column("t", "string")),
                "{\"i\":null,\"s\":null,\"t\":\"null\"}\n{}\n{ \"t\" : null }");

        assertThat(sink.good).containsExactly("{\"2\":\"null\"}", "{}", "{}");
        assertThat(sink.bad).isEmpty();
    }

    @Test
    void specDecidesAboutUnknownColumns() throws IOException {
        byte[] json = "{\"a\":1,\"c\":2}".getBytes(StandardCharsets.UTF_8);
        Sink ignored = new Sink(AB);
        Sink refused = new Sink(AB);

        records(AB, json, ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), ignored);
        records(AB, json, ZoneOffset.UTC, UnknownColumns.BAD, List.of(), refused);

        assertThat(ignored.good).containsExactly("{\"0\":1}");
        assertThat(refused.bad).extracting(Sink.Bad::reason).containsExactly("the table has no column \"c\"");
    }

    @Test
    void namesThatAreNoColumnsAreToldAndNotEachTime() throws IOException {
        Sink sink = new Sink(AB);
        String records = "{\"a\":1,\"c\":2,\"\\u0064\": 3}\n".repeat(5)
                + IntStream.range(0, 1000)
                        .mapToObj(i -> ("{\"n" + i + "\":0}\n").repeat(2))
                        .collect(Collectors.joining());

        records(AB, records.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), sink);

        assertThat(sink.good).hasSize(2005);
        assertThat(sink.strays)
                .startsWith("c", "d")
                .hasSizeBetween(100, 200)
                .containsOnlyOnce("c")
                .contains("n0", "n1");
    }

    @Test
    void requiredColumnThatIsMissingOrNullIsBad() throws IOException {
        Sink sink = new Sink(AB);
        byte[] json = "{\"a\":1}\n{\"b\":\"\"}\n{\"b\":null}".getBytes(StandardCharsets.UTF_8);

        records(AB, json, ZoneOffset.UTC, UnknownColumns.IGNORE, List.of("B"), sink);

        assertThat(sink.good).containsExactly("{\"1\":\"\"}");
        assertThat(sink.bad)
                .extracting(Sink.Bad::reason)
                .containsExactly("the required column 'b' is missing", "the required column 'b' is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-07-01T12:00:00,       2024-07-01 10:00:00",
        "2024-01-01T12:00:00,       2024-01-01 11:00:00",
        "2024-07-01T12:00:00Z,      2024-07-01 12:00:00",
        "2024-03-31T02:30:00,       2024-03-31 01:30:00",
        "2024-10-27T02:30:00,       2024-10-27 00:30:00"
    })
    void timestampWithoutOffsetIsInTheSpecsZone(String raw, String utc) throws IOException {
        Sink sink = new Sink(List.of(new Column("t", "timestamp")));
        byte[] json = ("{\"t\":\"" + raw + "\"}").getBytes(StandardCharsets.UTF_8);

        records(
                List.of(new Column("t", "timestamp")),
                json,
                ZoneId.of("Europe/Berlin"),
                UnknownColumns.IGNORE,
                List.of(),
                sink);

        assertThat(sink.good).containsExactly("{\"0\":\"" + utc + "\"}");
    }
}
