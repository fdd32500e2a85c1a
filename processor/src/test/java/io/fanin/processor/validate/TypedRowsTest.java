package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.CsvOptions;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that a table's SerDe does not read as its columns' types. */
class TypedRowsTest {

    private static final Checked.Text CSV = Checked.Text.csv(';', false, true)
            .with("carrier", "string", "amount", "decimal(10,2)", "day", "date", "code", "varchar(3)", "raw", "binary");

    private static final Checked.Text JSON = Checked.JSON.with(
            "carrier", "string",
            "delay", "int",
            "code", "varchar(3)",
            "at", "timestamp",
            "stops", "array<int>",
            "gates", "map<int,double>",
            "origin", "struct<name:string,gate:int>",
            "legs", "array<struct<miles:int>>");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"UA;12.50;2013-02-08;abc;x", "UA;;;;", "\\N;\\N;\\N;\\N;\\N", "ÄÖ;-7;2013-2-8;äöü;ÿ"})
    void csvThatIsRead(String line) {
        assertThat(rows(partition(CSV, "a.csv", "c;a;d;k;r\n" + line + "\n"))).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UA;12,50;;; | column amount: expected decimal(10,2), found 12,50; readers would show another value or none",
                "UA; 12.50 ;;; | column amount: expected decimal(10,2), found ` 12.50 `",
                "UA;x;2013-02-30;; | column amount: expected decimal(10,2), found x;",
                "UA;1;2013-02-30;; | column day: expected date, found 2013-02-30;",
                "UA;1;;abcd; | column code: expected varchar(3), found abcd;"
            })
    void csvThatIsNot(String line, String message) {
        String expected = message.replace("`", "");

        assertThat(unsound(partition(CSV, "a.csv", "c;a;d;k;r\nUA;1;;;\n" + line + "\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.csv, line 3: " + expected);
    }

    /** Readers keep one value of two keys that they read as the same key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map<int,int>          | 1    | 0x1",
                "map<int,int>          | 1    | 01",
                "map<bigint,int>       | 1000 | 1e3",
                "map<decimal(5,2),int> | 1.5  | 1.500",
                "map<double,int>       | 1.5  | 15e-1",
                "map<boolean,int>      | true | TRUE",
                "map<char(3),int>      | a    | 'a '",
                "map<string,int>       | a    | A",
            })
    void keysThatAreReadAsOneAreRefused(String type, String one, String other) {
        Checked.Text map = Checked.JSON.with("m", type);

        assertThat(unsound(
                                partition(map, "a.json", "{\"m\": {\"" + one + "\": 1, \"" + other + "\": 2}}\n"),
                                FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("line 1: an object has a name twice");
        assertThat(rows(partition(map, "a.json", ("{\"m\": {\"" + one + "\": 1}}\n").repeat(2))))
                .isEqualTo(2);
    }

    @Test
    void aHeaderIsNoValueAndWithoutOneTheFirstLineIs() {
        Checked.Text bare = Checked.Text.csv(',', false, false).with("delay", "int");

        assertThat(rows(partition(bare, "a.csv", "1\n2\n"))).isEqualTo(2);
        assertThat(unsound(partition(bare, "a.csv", "delay\n1\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("line 1: column delay: expected int, found delay");
    }

    @Test
    void fieldsBeyondTheColumnsAreAnyonesAndMissingOnesAreNull() {
        Checked.Text flights =
                Checked.Text.csv(',', false, false).with("delay", "int", "distance", "int", "day", "date");

        assertThat(rows(partition(flights, "a.csv", "1,2,2013-02-08,x\n"))).isOne();
        assertThat(rows(partition(flights, "a.csv", "1,2\n3,4\n"))).isEqualTo(2);
    }

    @Test
    void escapedFieldsAreReadWithoutTheirEscapes() {
        CsvOptions options = new CsvOptions(',', false, false).escapedBy('\\');
        Checked.Text escaped =
                new Checked.Text(Optional.of(options), CSV.columns().subList(0, 4));

        assertThat(rows(partition(escaped, "a.csv", "a\\,b,\\12,,\\a\\b\\c\n"))).isOne();
        assertThat(unsound(partition(escaped, "a.csv", "a,12\\,50,,\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("column amount");
    }

    @Test
    void textsAreUtf8() {
        Checked.Text quoted = Checked.Text.csv(',', true, false).with("carrier", "string");
        Checked.Text plain = Checked.Text.csv(',', false, false).with("carrier", "string");
        byte[] latin1 = "M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);

        for (Checked.Text csv : List.of(quoted, plain)) {
            assertThat(unsound(partition(csv, "a.csv", latin1), FailureCode.BAD_RECORD)
                            .getMessage())
                    .contains("line 1: a text is not UTF-8");
            assertThat(rows(partition(new Checked.Text(csv.csv(), List.of()), "a.csv", latin1)))
                    .isOne();
        }
    }

    /** Nothing is kept of a text without a limit, and of other values no more than their types can hold. */
    @Test
    void textsOfAnyLength() {
        String long1 = "x".repeat(20 << 20);

        assertThat(rows(partition(CSV, "a.csv", "c;a;d;k;r\n" + long1 + ";1;;;\n")))
                .isOne();
        assertThat(rows(partition(
                        JSON,
                        "a.json",
                        "{\"carrier\": \"" + long1 + "\", \"delay\": 1, \"other\": \"" + long1.substring(9 << 20)
                                + "\"}")))
                .isOne();
        assertThat(unsound(partition(CSV, "a.csv", "c;a;d;k;r\nUA;" + long1 + ";;;\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("column amount");
        assertThat(unsound(
                                partition(CSV, "a.csv", "c;a;d;k;r\nUA;1;;abc" + " ".repeat(500) + "d;\n"),
                                FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("column code");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'carrier': 'UA', 'delay': 3, 'at': '2013-02-08T10:00:00Z'}",
                "{'carrier': 7, 'delay': null, 'other': [{'delay': 'x'}]}",
                "{'carrier': {'a': [1]}, 'DELAY': '12', 'code': 'äöü'}",
                "{'d\\u0065lay': '\\u0031'}",
                "{'stops': [1, null, '2'], 'gates': {'1': 2.5, '2': null}, 'origin': {'name': 'JFK', 'gate': 3, 'x': 'y'}}",
                "{'stops': 1, 'legs': {'miles': 3}, 'origin': ['JFK', 3, 'x']}",
                "{'stops': '', 'gates': ' ', 'origin': '', 'legs': ''}",
                "{'legs': [{'miles': 3}, {}, null]}",
                "{'code': [ 1 ]}",
                "{'code': {} }",
                "{}"
            })
    void jsonThatIsRead(String line) {
        assertThat(rows(partition(JSON, "a.json", line.replace('\'', '"') + "\n")))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'delay': '12,5'} | column delay: expected int, found \"12,5\"; readers would show another value or none",
                "{'delay': 12.5} | column delay: expected int, found 12.5;",
                "{'delay': true} | column delay: expected int, found true;",
                "{'delay': ''} | column delay: expected int, found \"\";",
                "{'delay': [3]} | column delay: expected int, found [3];",
                "{'delay': {'a': 3}} | column delay: expected int, found {\"a\": 3};",
                "{'code': [1, 2, 3]} | column code: expected varchar(3), found [1, 2, 3];",
                "{'code': {'a': ' '}} | column code: expected varchar(3), found {\"a\": \" \"};",
                "{'code': 'abcd'} | column code: expected varchar(3), found \"abcd\";",
                "{'stops': [1, 'x']} | column stops: expected int, found \"x\";",
                "{'stops': 'x'} | column stops: expected int, found \"x\";",
                "{'gates': {'a': 1}} | column gates: expected int, found a;",
                "{'gates': {'1': 'a'}} | column gates: expected double, found \"a\";",
                "{'gates': [1]} | column gates: expected map<int,double>, found [1];",
                "{'origin': {'Gate': 'x'}} | column origin.gate: expected int, found \"x\";",
                "{'origin': ['JFK', 'x']} | column origin.gate: expected int, found \"x\";",
                "{'origin': 'x'} | column origin: expected struct<name:string,gate:int>, found \"x\";",
                "{'legs': [{'miles': 1}, {'miles': 'x'}]} | column legs.miles: expected int, found \"x\";",
                "{'legs': 'x'} | column legs: expected array<struct<miles:int>>, found \"x\";"
            })
    void jsonThatIsNot(String line, String message) {
        assertThat(unsound(
                                partition(JSON, "a.json", "{}\n" + line.replace('\'', '"') + "\n{\"delay\": \"y\"}\n"),
                                FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.json, line 2: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"\\u00fc\"] | 5",
                "[ \"\\/\" ] | 5",
                "[\"\\u000a\"] | 6",
                "[\"\\u0001\"] | 10",
                "{\"a\" : \"\\\\\"} | 10",
                "[\"\\\"  \"] | 8"
            })
    void objectsAndArraysInATextAreMeasuredAsReadersWriteThem(String value, int length) {
        String record = "{\"text\": " + value + "}\n";

        assertThat(rows(partition(JSON.with("text", "varchar(" + length + ")"), "a.json", record)))
                .isOne();
        assertThat(unsound(
                                partition(JSON.with("text", "varchar(" + (length - 1) + ")"), "a.json", record),
                                FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("column text: expected varchar(" + (length - 1) + ")");
    }

    /** An incomplete record is reported as such, whatever its values are. */
    @Test
    void whatIsNoJsonComesFirst() {
        assertThat(unsound(partition(JSON, "a.json", "{\"delay\": \"x\""), FailureCode.TRUNCATED)
                        .getMessage())
                .contains("ended in the middle of a record");
        assertThat(unsound(partition(JSON, "a.json", "{\"delay\": \"x\", }\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("not JSON");
    }

    @Test
    void valuesAreNotShownWhereRowsStayWhereTheDataIs() {
        InMemoryObjects objects = new InMemoryObjects().put(PREFIX + "a.json", "{\"delay\": \"secret\"}\n");

        PartitionValidation hidden =
                PartitionValidation.ofJson(objects, JSON.columns(), RowSamples.HIDDEN, Deadline.NONE);

        assertThat(catchThrowable(() -> hidden.validate(PREFIX)))
                .hasMessageContaining("column delay: expected int")
                .hasMessageNotContaining("secret");
    }
}
