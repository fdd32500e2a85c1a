package io.fanin.records.raw;

import static io.fanin.records.raw.JsonReading.AB;
import static io.fanin.records.raw.JsonReading.read;
import static io.fanin.records.raw.JsonReading.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.records.raw.text.EndlessRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken record is one bad record, and those around it are read, if its end can be determined. */
class BrokenJsonTest {

    private static final List<String> BROKEN = List.of(
            "{\"a\":NaN}",
            "{\"b\":\"\\ud800\"}",
            "{\"b\":\"a\ttab\"}",
            "{\"b\":\"latin \u00ff\"}",
            "{\"a\":1,}",
            "{\"a\":01}",
            "{'a':1}",
            "{\"a\":}",
            "{\"b\":\"\\x } { [ \"}",
            "{\"a\":1 \"b\":[{},{\"a\":2}]}".replace("1 ", "x,"),
            "{\"o\":" + "[".repeat(300) + "]".repeat(300) + "}",
            "{\"a\":NaN,\"o\":[{\"a\":1},{\"a\":2}]}",
            "{\"b\":\"" + "x".repeat(ByteWindow.MAX_RECORD) + "\"}");

    static Stream<Arguments> brokenRecordsBetweenOthers() {
        return BROKEN.stream()
                .flatMap(broken -> Stream.of(
                                "[%s,%s,%s]",
                                "[%s , %s , %s ]\n",
                                "[\n%s,\n%s,\n%s\n]\n",
                                "[\n  %s,\n  %s,\n  %s\n]",
                                "[%s,\n %s,\n %s]",
                                "[%s\n,%s\n,%s\n]",
                                "[%s]\n[%s]\n[%s]\n",
                                "[%s][%s,%s]",
                                "[%s,%s]\r[%s]",
                                "%s%s%s",
                                "%s %s %s\n",
                                "%s\n%s\n%s\n",
                                "%s\r%s\r%s\r",
                                "%s\r\n%s\r\n%s",
                                "%s,\n%s,\n%s\n",
                                "%s,%s,%s",
                                "  %s\n  %s\n  %s\n")
                        .map(form -> Arguments.of(form, broken)));
    }

    @ParameterizedTest
    @MethodSource("brokenRecordsBetweenOthers")
    void brokenRecordCostsNoOther(String form, String broken) throws IOException {
        String json = form.formatted("{\"a\":1,\"b\":\"x{\"}", broken, "{\"a\":3}");
        Sink sink = new Sink(AB);

        records(AB, json.getBytes(StandardCharsets.ISO_8859_1), ZoneOffset.UTC, UnknownColumns.IGNORE, List.of(), sink);

        assertThat(sink.good).containsExactly("{\"0\":1,\"1\":\"x{\"}", "{\"0\":3}");
        assertThat(sink.bad).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "NaN", "17", "\"a,{text\"", "[1,2]", "[{\"a\":2},{\"a\":2}]", "tru", "<x>", "b'x'"})
    void elementThatIsNoObjectIsOneBadRecord(String element) throws IOException {
        for (String form : List.of(
                "[{\"a\":1},%s,{\"a\":3}]",
                "[\n{\"a\":1},\n%s,\n{\"a\":3}\n]",
                "[ {\"a\":1}\n, %s\n, {\"a\":3} ]",
                "[{\"a\":1},%s]{\"a\":3}",
                "[%s,{\"a\":1},{\"a\":3}]")) {
            Sink sink = read(AB, form.formatted(element));

            assertThat(sink.good).as(form).containsExactly("{\"0\":1}", "{\"0\":3}");
            assertThat(sink.bad).as(form).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"a\":1},,{\"a\":3}]              | 1",
                "[{\"a\":1} {\"a\":2},{\"a\":3}]     | 1",
                "[{\"a\":1},{\"a\":2}},{\"a\":3}]    | 1",
                "[{\"a\":1},{\"a\":3}                | 1",
                "{\"a\":1}{\"a\":NaN}},{\"a\":3}     | 1",
                "{\"a\":1} null{\"a\":3}             | 1",
                "{\"a\":1} null 12 \"x\" {\"a\":3}   | 1",
                "{\"a\":1}OK{\"a\":3}             | 1",
                "{\"a\":1}{\"a\":2} a, b <c> {\"a\":3} | 1",
                "{\"a\":1},{\"a\":3}, text        | 1",
                "{\"a\":1};{\"a\":NaN};{\"a\":3} | 3",
                "{\"a\":1} OK {\"a\":NaN} OK {\"a\":3} | 3",
                "{\"a\":1} see {x} and {\"a\":3}  | 3",
                "{\"a\":1}{\"a\":3}{\"a\":NaN} text } { x | 2",
                "{\"a\":1}{\"a\":3}{\"a\":           | 1",
                "[{\"a\":1},{\"a\":3},{\"a\":        | 2",
            })
    void whatIsMissingOrTooMuchIsCounted(String json, int bad) throws IOException {
        Sink sink = read(AB, json);

        assertThat(sink.good).startsWith("{\"0\":1}").endsWith("{\"0\":3}");
        assertThat(sink.bad).hasSize(bad);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"b\":\"cut\n{\"a\":3}\n",
                "{\"a\":1}{\"b\":\"cut\n{\"a\":3}\n",
                "{\"a\":1}\n{\"b\":\"x\"y\"}\n{\"a\":3}\n",
                "{\"a\":1}\r{\"b\":\"cut\r{\"a\":3}\r",
                "{\"a\":1}\n{\"o\":[{\"x\":1},{\"x\":2\n{\"a\":3}\n",
                "{\"a\":1}\n{\"a\":NaN}\n{\"a\":3}\n",
                "[\n{\"a\":1},\n{\"b\":\"x\"y\"},\n{\"a\":3}\n]",
                "[{\"a\":1}\n,{\"b\":\"x\"y\"}\n,{\"a\":3}\n]",
                "[\n  {\n    \"a\": 1\n  },\n  {\n    \"b\": \"x\"y\",\n    \"o\": [\n      {}\n    ]\n  },\n  {\n    \"a\": 3\n  }\n]",
                "[{\"a\":1},{\"b\":\"cut\n[{\"a\":3}]\n",
                "[{\"a\":1}\n,{\"a\":2,\n,{\"a\":3}\n]",
                "[ {\"a\":1}\n, {\"o\":[{\"x\":1}\n, {\"a\":3}\n]",
                "[\n{\"a\":1}\n,{\"o\":{\"x\":1\n,{\"a\":3}\n]",
                "[\n  {\"a\":1}\n  ,\t{\"o\":[1\n  ,\t{\"a\":3}\n]",
                "[{\"a\":1}\n,{ \"b\": 2\n , \"o\": [ {\"x\":1}\n  , {\"x\":2}\n ,{\"a\":x\n,{\"a\":3}\n]",
                "{\"a\":1}\n,{\"o\":[1\n,{\"a\":3}\n",
                "{\"a\":1}\n {\"b\":\"x\"y\"}\n{\"a\":3}\n",
                "[{\"a\":1}\n[{\"a\":3}]\n",
                "{\"a\":1}\n{\"a\":2,\"b\":error in {0\n{\"a\":3}\n",
                "{\"a\":1}\n{\"a\":2,\"b\":hello {x} \"quoted\" text}\n{\"a\":3}\n",
                "{\"a\":1}\n{\"b\":\"x\" {y\n{\"a\":3}\n",
                "{\"a\":1}\n{\"a\":2,\"o\":Point {\n  \"x\":2}}\n{\"a\":3}\n",
                "{\"a\":1}\n{\n  \"a\":2,\n  \"o\": Point {\n    \"x\":2\n  }\n}\n{\"a\":3}\n",
            })
    void linesTellWhereBracketsDoNot(String json) throws IOException {
        Sink sink = read(AB, json);

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}");
        assertThat(sink.bad).hasSize(1);
    }

    /** JSON does not allow a line end in a text: no record begins in the rest of that text. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  {\"a\":2},\n"})
    void recordThatIsBrokenByALineEndInATextEndsAtTheNextOne(String before) throws IOException {
        String json = "[\n" + before + "  {\"a\":1,\"b\":\"x\n{y\"},\n  {\"a\":2},\n  {\"a\":3}\n]";

        Sink sink = read(AB, json);

        assertThat(sink.good).endsWith("{\"0\":2}", "{\"0\":3}").hasSize(before.isEmpty() ? 2 : 3);
        assertThat(sink.bad).hasSize(1);
    }

    /** A writer crashed within a line, and was started again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | \\n | ''",
                "[ | ,\\n | ]",
                "[\\n | \\n, | \\n]",
                "'[ ' | '\\n, ' | ]",
                "'' | '\\n\t,' | ''",
                "'[\\n  ' | ',\\n  ' | ]"
            })
    void recordThatIsCutCostsNoOtherLine(String begin, String between, String end) throws IOException {
        String record = "{\"a\":1,\"o\":[[{\"x\":[0,{\"y\":\"},{\"}]}, 2], {\"z\":{}}],\"b\":\"x,{[\"}";
        for (int length = 1; length < record.length(); length++) {
            String json =
                    begin + String.join(between, record, record.substring(0, length), "{\"a\":3}", "{\"a\":4}") + end;

            Sink sink = read(AB, json.translateEscapes());

            assertThat(sink.good).as(json).containsExactly("{\"0\":1,\"1\":\"x,{[\"}", "{\"0\":3}", "{\"0\":4}");
            assertThat(sink.bad).as(json).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1},{\"b\":\"x\"y\"},{\"a\":3},{\"a\":4}]",
                "[{\"a\":1},{\"b\":\"cut},{\"a\":3},{\"a\":4}]",
                "[{\"a\":1},{\"o\":{\"b\":1},{\"a\":3},{\"a\":4}]",
                "{\"a\":1}{\"b\":\"x\"y\"}{\"a\":3}",
                "{\"a\":1}\n{\"b\":\"x\"y\"} {\"a\":3}",
                "{\"a\":1}{\"a\":2,\"b\":\"c\"{\"a\":3}\n",
                "{\"a\":1}\n{\"a\":2{\"a\":3}\n",
                "{\"a\":1}\n{\"o\":[1]{\"a\":3}\n",
            })
    void recordWithoutAnEndFailsTheObject(String json) {
        assertThatThrownBy(() -> read(AB, json))
                .isInstanceOf(EndlessRecordException.class)
                .hasMessageContaining(", after %d bytes: ", json.indexOf('{', json.indexOf('}')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\"a\":2}{\"a\":3}{\"a\":4}",
                "{\"a\":1}a\":2} {\"a\":3}",
                "{\"a\":1}\"LONG\"{\"a\":3}",
                "text{\"a\":2}{\"a\":3}",
                "text{\"a\":2} { \"a\":3}\n{\"a\":4}",
                "\"a\":2}{\"a\":3}",
            })
    void textThatRecordsSeemToBeginInFailsTheObject(String json) {
        assertThatThrownBy(() -> read(AB, json.replace("LONG", "x".repeat(300))))
                .isInstanceOf(EndlessRecordException.class)
                .hasMessageContaining("line 1, after ");
    }

    /** The record's brackets are closed at the end of the line, so that no other record has begun within it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"o\":Point{\"x\":2}}",
                "{\"a\":1,\"o\":True{\"x\":2}}",
                "{\"a\":1 {\"x\":2}}",
                "{\"b\":\"say\" {\"x\":1}}",
                "{\"o\":[1]{\"x\":1}}",
                "{\"o\" {\"x\":1}}",
                "{\"a\":1,\"o\" {\"x\":1}}",
                "{\"a\":1,\"o\" \"b\":2}"
            })
    void recordWithABraceThatShouldNotBeThereIsOneBadRecord(String broken) throws IOException {
        Sink sink = read(AB, "{\"a\":1}\n" + broken + "\n{\"a\":3}\n");

        assertThat(sink.good).containsExactly("{\"0\":1}", "{\"0\":3}");
        assertThat(sink.bad).hasSize(1);
    }

    @Test
    void arrayOfManyKeepsAllButTheBrokenOne() throws IOException {
        int count = 20_000;
        for (String broken : List.of("{\"a\":NaN}", "null", "{\"b\":\"\ud800\"}")) {
            StringBuilder json = new StringBuilder("[{\"a\":0}");
            for (int i = 1; i < count; i++) {
                json.append(',').append(i == 5_000 ? broken : "{\"a\":" + i + "}");
            }

            Sink sink = read(AB, json.append(']').toString());

            assertThat(sink.good.size() + sink.bad.size()).isEqualTo(count);
        }
    }

    @Test
    void linesAreCountedByAnyLineEnd() throws IOException {
        Sink sink = read(List.of(new Column("a", "int")), "{\"a\":1}\r\r\n\n{\"a\":x}\r{\"a\":1}\r\ntext\n\rtext");

        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(4L, 6L, 8L);
    }
}
