package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.Gzipped;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesRowsTest {
    private static final Checked.Text NESTED =
            JSON.with("i", "int", "s", "struct<a:int>", "m", "map<string,int>", "l", "array<struct<a:int>>");

    static Stream<Arguments> sound() {
        return Stream.of(
                Arguments.of("", 0),
                Arguments.of("{}", 1),
                Arguments.of("{}\n{}", 2),
                Arguments.of("{}\r\n{}\r\n", 2),
                Arguments.of("{}\r{}\r", 2),
                Arguments.of("  {\"a\": [1, {\"b\": null}], \"c\": \"}\\n{\"}  \n", 1),
                Arguments.of("{\"a\": 1, \"a\": 2}\n", 1),
                Arguments.of("\uFEFF{}\n", 1),
                Arguments.of("{\"a\": \"\u2028 \u00e9 \ud83d\ude00\"}\n", 1));
    }

    @ParameterizedTest
    @MethodSource
    void sound(String text, long rows) {
        assertThat(rows(partition(JSON, "a.json", text))).isEqualTo(rows);
        assertThat(rows(partition(JSON, "a.json.gz", Gzipped.members(text)))).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\n \t\n{}\n\n{}\n\n"})
    void rowsAreNotCountedWithBlankLines(String text) {
        assertThat(Checked.sound(partition(JSON, "a.json", text)).rows()).isEmpty();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("{}\n[{}]\n", "line 2, column 1: expected a JSON object, found an array"),
                Arguments.of("1\n", "line 1, column 1: expected a JSON object, found a number"),
                Arguments.of("\n \"a\"\n", "line 2, column 2: expected a JSON object, found a string"),
                Arguments.of("null", "line 1, column 1: expected a JSON object, found null"),
                Arguments.of(
                        "{} {}", "line 1, column 4: expected the end of the line after a JSON object, found a JSON"),
                Arguments.of(
                        "{}{}", "line 1, column 3: expected the end of the line after a JSON object, found a JSON"),
                Arguments.of(
                        "{} true", "line 1, column 4: expected the end of the line after a JSON object, found a b"),
                Arguments.of("{},\n{}", "line 1, column 3: not JSON: expected the end of the line, found ','"),
                Arguments.of(
                        "{\n\"a\": 1\n}\n", "line 1, column 2: the line ended in the middle of a JSON object; write"),
                Arguments.of(
                        "{\"a\":\n{\"b\": 1}\n", "line 1, column 6: the line ended in the middle of a JSON object"),
                Arguments.of("{\"a\": \"x\ny\"}\n", "line 1, column 9: the line ended in the middle of a JSON object"),
                Arguments.of("{\"a\": NaN}", "line 1, column 7: not JSON: expected a value, found 'N'"),
                Arguments.of("{'a': 1}", "line 1, column 2: not JSON: expected '\"', found '''"),
                Arguments.of("{\"a\": 1,}", "line 1, column 9: not JSON: expected '\"', found '}'"),
                Arguments.of("a,b\n1,2\n", "line 1, column 1: not JSON: expected a JSON object, found 'a'"),
                Arguments.of(
                        "{\"a\": \"\u0000\"}",
                        "line 1, column 9: not JSON: a string has the control character U+0000 in it"),
                Arguments.of(
                        "{}\n\u0000\u0000", "line 2, column 1: not JSON: expected a JSON object, found the byte 0x00"),
                Arguments.of("PAR", "line 1, column 1: not JSON: expected a JSON object, found 'P'"));
    }

    /** Only values that are checked against a type are kept in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"int", "varchar(5)", "struct<a:int>", "array<int>"})
    void valueThatIsTooLongToBeHeldAgainstItsTypeIsBad(String type) {
        String line = "{\"v\": \"" + "x".repeat(17 << 20) + "\"}\n";

        assertThat(unsound(partition(JSON.with("v", type), "a.json", line), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.json, line 1, column ")
                .endsWith(": not JSON: it is longer than 16777216 bytes");
        assertThat(rows(partition(JSON.with("v", "string"), "a.json", line))).isOne();
    }

    @Test
    void lineLongerThanAthenaReadsIsBad() {
        String longest = "{\"v\": \"" + "x".repeat((32 << 20) - 9) + "\"}\n";
        String longer = "{}\n{\"v\": \"" + "x".repeat((32 << 20) - 8) + "\"}";

        assertThat(rows(partition(JSON, "a.json", longest))).isOne();
        assertThat(unsound(partition(JSON, "a.json", longer), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.json, line 2, column ")
                .endsWith(
                        ": it is longer than 32 MiB, the most that Athena reads of one row: write each record on a line of its own");
    }

    @ParameterizedTest
    @MethodSource
    void bad(String text, String message) {
        assertThat(unsound(partition(JSON, "a.json", text), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.json, " + message);
    }

    @Test
    void objectThatEndsWithinARecordIsTruncated() {
        String text = "{\"a\": 1}\n{\"b\": [12, \"xy";

        assertThat(unsound(partition(JSON, "a.json", text), FailureCode.TRUNCATED)
                        .getMessage())
                .startsWith(
                        "object " + PREFIX + "a.json, line 2, column 15: the object ended in the middle of a record");
    }

    @Test
    void everyCutOfARecordIsNoticed() {
        byte[] whole = "{\"a\": [true, -1.5e3, \"\\u00e9\u00e9\"], \"b\": {}}".getBytes(StandardCharsets.UTF_8);

        for (int length = 1; length < whole.length; length++) {
            assertThat(partition(JSON, "a.json", Arrays.copyOf(whole, length)).defect())
                    .as("the first %d bytes", length)
                    .isPresent();
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = "{\"a\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{}\n{}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(unsound(partition(JSON, "a", latin1), FailureCode.BAD_RECORD).getMessage())
                .contains("a text is not UTF-8");
        assertThat(unsound(partition(JSON, "a", utf16), FailureCode.BAD_RECORD).getMessage())
                .contains("line 1, column 2: not JSON: expected '\"', found the byte 0x00");
    }

    @Test
    void hostileContentIsNotEchoed() {
        String text = "\u001b]0;x\u0007" + "z".repeat(10_000);
        String token = "secret".repeat(1_000);

        unsound(partition(JSON, "a", text), FailureCode.BAD_RECORD);
        assertThat(unsound(partition(JSON, "a", token), FailureCode.BAD_RECORD).getMessage())
                .hasSizeLessThan(250);
    }

    @Test
    void whatTheParserHoldsIsBounded() {
        assertThat(unsound(partition(JSON, "a", "{\"a\":".repeat(2_000)), FailureCode.BAD_RECORD)
                        .getMessage())
                .endsWith("it is nested deeper than 1000 levels");
        assertThat(unsound(partition(JSON, "a", "{\"a\": " + "1".repeat(5_000) + "}"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("a number is longer than 1000 bytes");
        assertThat(unsound(partition(JSON, "a", "{\"" + "n".repeat(200_000) + "\": 1}"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("a name is longer than 50000 bytes");
    }

    @Test
    void gzipThatIsNotNamedSoIsCalledSo() {
        assertThat(unsound(partition(JSON, "a.json", Gzipped.members("{}")), FailureCode.WRONG_FORMAT)
                        .getMessage())
                .isEqualTo("object " + PREFIX + "a.json is gzip but not named .gz, so readers take it for plain text:"
                        + " rename it");
    }

    static Stream<String> namesThatAreThereTwice() {
        return Stream.of(
                "{\"i\":1,\"i\":2}",
                "{\"url\":\"x\",\"Url\":\"y\"}",
                "{\"x\":1,\"i\":1,\"X\":2}",
                "{\"i\":1,\"\\u0069\":2}",
                "{\"Étage\":1,\"étage\":2}",
                "{\"étage\":1,\"\\u00c9TAGE\":2}",
                "{\"s\":{\"a\":1,\"a\":2}}",
                "{\"s\":{\"b\":1,\"B\":2}}",
                "{\"m\":{\"k\":1,\"k\":1}}",
                "{\"l\":[{\"a\":1},{\"a\":1,\"A\":1}]}",
                "{"
                        + IntStream.range(0, 1_000)
                                .mapToObj(i -> "\"n" + i + "\":1,")
                                .collect(Collectors.joining()) + "\"N7\":1}");
    }

    /** Athena's documentation of OpenX's SerDe does not allow repeated names. */
    @ParameterizedTest
    @MethodSource
    void namesThatAreThereTwice(String record) {
        assertThat(unsound(partition(NESTED, "a.json", "{\"i\":1}\n" + record + "\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains(", line 2: an object has a name twice, upper and lower case being the same: '");
    }

    @Test
    void nameMayBeInEachObjectOfARecordAndInEachRecord() {
        String record = "{\"i\":1,\"a\":2,\"s\":{\"a\":1,\"i\":3},\"m\":{\"a\":1,\"i\":1},"
                + "\"l\":[{\"a\":1},{\"a\":2}],\"other\":{\"i\":1}}\n";

        assertThat(rows(partition(NESTED, "a.json", record.repeat(1_000)))).isEqualTo(1_000);
    }
}
