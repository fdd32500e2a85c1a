package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.CsvOptions;
import io.fanin.records.objects.Gzipped;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
    private static final Checked.Text PLAIN = Checked.Text.csv(',', false, false);
    private static final Checked.Text PLAIN_HEADER = Checked.Text.csv(',', false, true);
    private static final Checked.Text QUOTED = Checked.Text.csv(',', true, false);
    private static final Checked.Text TABS = Checked.Text.csv('\t', false, true);

    static Stream<Arguments> sound() {
        return Stream.of(
                Arguments.of(PLAIN, "", 0),
                Arguments.of(PLAIN_HEADER, "", 0),
                Arguments.of(PLAIN_HEADER, "a,b", 0),
                Arguments.of(PLAIN_HEADER, "a,b\n1,2\n3,4", 2),
                Arguments.of(PLAIN_HEADER, "\uFEFFa,b\r\n1,2\r\n,\r\n", 2),
                Arguments.of(PLAIN, "a,b\n1,2\n", 2),
                Arguments.of(PLAIN, "PAREDES,Ana\n", 1),
                Arguments.of(PLAIN_HEADER, "PARENT_ID,NAME\n1,a\n", 1),
                Arguments.of(PLAIN, "a\n\nb\n", 3),
                Arguments.of(PLAIN, "\"a,b\"\n1,2\"\n", 2),
                Arguments.of(PLAIN, "a\\,b,c\n1,2,3\n", 2),
                Arguments.of(TABS, "a\tb\n1,5\t2,5\n", 1),
                Arguments.of(QUOTED, "a,b\n\"1,5\",2\n", 2),
                Arguments.of(QUOTED, "\"a \"\"b\"\", c\",d\n1,2\n", 2),
                Arguments.of(QUOTED, "\"a \\\", \\\\\",d\n\"\",\"\"\n", 2),
                Arguments.of(QUOTED, "a,bc\"d,e\"f,g\n1,2,3\n", 2),
                Arguments.of(QUOTED, "\u00e9\u2028,\"\u00e9,\"\n1,2\n", 2));
    }

    /** Readers skip the first header, and show the names in the others as a row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,city\na,b\nname,city\nc,d\n",
                "name,city\r\na,b\r\nname,city",
                "\uFEFFname,city\ra,b\rname,city\r",
                "\uFEFFname,city\na,b\n\uFEFFname,city\nc,d\n"
            })
    void headerInTheMiddleIsNoRecord(String text) {
        for (boolean quoted : new boolean[] {false, true}) {
            Checked.Text texts = Checked.Text.csv(',', quoted, true).with("name", "string", "city", "string");

            assertThat(unsound(partition(texts, "a.csv", text), FailureCode.BAD_RECORD)
                            .getMessage())
                    .contains("line 3: it is the header again, as in joined files, and readers take it for a record");
        }
    }

    @Test
    void lineLikeTheHeaderIsARecord() {
        assertThat(rows(partition(PLAIN_HEADER, "a.csv", "name,city\nname,cit\nname,cityx\n,city\nname,\n")))
                .isEqualTo(4);
        assertThat(rows(partition(PLAIN_HEADER, "a.csv", "name\nname\n")))
                .as("a single text")
                .isOne();
        assertThat(rows(partition(PLAIN, "a.csv", "name,city\nname,city\n")))
                .as("no header")
                .isEqualTo(2);
        assertThat(rows(partition(PLAIN_HEADER, "a.csv", ",\n,\n")))
                .as("no names")
                .isOne();
        String wide = "n".repeat(70_000) + ",b";
        assertThat(rows(partition(PLAIN_HEADER, "a.csv", wide + "\n" + wide + "x\n")))
                .isOne();
        unsound(partition(PLAIN_HEADER, "a.csv", wide + "\nx,y\n" + wide + "\n"), FailureCode.BAD_RECORD);
    }

    @Test
    void lineLongerThanAthenaReadsIsBad() {
        String text = "x".repeat(16 << 20) + "," + "y".repeat(16 << 20);

        assertThat(rows(partition(PLAIN, "a.csv", text.substring(1) + "\na,b"))).isEqualTo(2);
        for (String longer : List.of(text, "a,b\n" + text)) {
            assertThat(unsound(partition(PLAIN, "a.csv", longer), FailureCode.BAD_RECORD)
                            .getMessage())
                    .endsWith(
                            ": it is longer than 32 MiB, the most that Athena reads of one row: write each record on a line of its own");
        }
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("price,qty", ""),
                Arguments.of(" Price ,\"QTY\"", ""),
                Arguments.of("price,discount,amount", ""),
                Arguments.of("Preis,Menge", ""),
                Arguments.of("", "it is blank, and readers take it for a record"),
                Arguments.of(
                        "price;qty", "it has one field, and the table has 2 columns; write it with the delimiter ','"),
                Arguments.of("qty,price", "the header has 'qty' as field 1, and the table's column 1 is 'price'"),
                Arguments.of(
                        "price,discount,qty", "the header has 'qty' as field 3, and the table's column 3 does not"),
                Arguments.of("10,1", "it is a record, which readers skip as a header"),
                Arguments.of("10,", "it is a record, which readers skip as a header"));
    }

    /** Query engines skip the header unread, and match fields by position. */
    @ParameterizedTest
    @MethodSource
    void headers(String header, String problem) {
        Checked.Text table = PLAIN_HEADER.with("price", "int", "qty", "int");
        Checked.Validated validated = partition(table, "a.csv", header + "\n" + header.replaceAll("[^,]+", "1") + "\n");

        if (problem.isEmpty()) {
            assertThat(rows(validated)).isEqualTo(1);
        } else {
            assertThat(unsound(validated, FailureCode.BAD_RECORD).getMessage()).contains(", line 1: " + problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc;1;2.5\nabd;2;3.5\n", "abc\t1\t2.5", "<!DOCTYPE html>\n<html>\n</html>\n", "abc\n"})
    void oneFieldForSeveralColumnsIsOfAnotherDelimiter(String text) {
        for (boolean quoted : new boolean[] {false, true}) {
            Checked.Text table = Checked.Text.csv(',', quoted, false)
                    .with("name", "string", "qty", quoted ? "string" : "int", "price", "string");

            assertThat(unsound(partition(table, "a.csv", text), FailureCode.BAD_RECORD)
                            .getMessage())
                    .endsWith(
                            ", line 1: it has one field, and the table has 3 columns; write it with the delimiter ',',"
                                    + " or correct the table");
            assertThat(rows(partition(table, "a.csv", "abc,1\n"))).isOne();
        }
    }

    @Test
    void headersOfQuotedFieldsAreHeldAgainstTheColumnsToo() {
        Checked.Text table = Checked.Text.csv(',', true, true).with("price", "string", "qty", "string");

        assertThat(rows(partition(table, "a.csv", "\"price\",\"qty\"\n\"1\",\"2\"\n")))
                .isEqualTo(1);
        assertThat(unsound(partition(table, "a.csv", "\"qty\",\"price\"\n\"1\",\"2\"\n"), FailureCode.BAD_RECORD)
                        .getMessage())
                .contains("the header has 'qty' as field 1");
    }

    @ParameterizedTest
    @MethodSource
    void sound(Checked.Text format, String text, long rows) {
        assertThat(rows(partition(format, "a.csv", text))).isEqualTo(rows);
        assertThat(rows(partition(format, "a.csv.gz", Gzipped.members(text)))).isEqualTo(rows);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(
                        PLAIN, "a,b\n1,2\n1\n", "line 3: expected 2 fields as in line 1, found 1; correct the line"),
                Arguments.of(PLAIN_HEADER, "a,b\r1,2,3\r", "line 2: expected 2 fields as in line 1, found 3;"),
                Arguments.of(PLAIN, "\"a,b\",c\n\"a\",b\n", "line 2: expected 3 fields as in line 1, found 2;"),
                Arguments.of(
                        PLAIN, "a,b\n\n1,2\n", "line 2: expected 2 fields as in line 1, found 1 (readers take a blank"),
                Arguments.of(QUOTED, "a,b\n\"x\ny\",2\n", "line 2: a quote is not closed before the line ends"),
                Arguments.of(QUOTED, "a,b\n1,\"2\\\"\n", "line 2: a quote is not closed before the line ends"),
                Arguments.of(QUOTED, "a,b\n\"1,2\"\n", "line 2: expected 2 fields as in line 1, found 1;"),
                Arguments.of(QUOTED, "a,b\n1,2\n\"1", "line 3: a quote is not closed before the line ends"));
    }

    @ParameterizedTest
    @MethodSource
    void bad(Checked.Text format, String text, String message) {
        assertThat(unsound(partition(format, "a.csv", text), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.csv, " + message);
    }

    @Test
    void gzipWithinGzipIsCalledSo() {
        byte[] twice = Gzipped.member(Gzipped.members("a,b\n"), 1);

        assertThat(unsound(partition(PLAIN, "a.csv.gz", twice), FailureCode.WRONG_FORMAT)
                        .getMessage())
                .contains("holds gzip within gzip");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '"', '\\', '\0', '\u00e9'})
    void impossibleDelimiterIsRefused(char delimiter) {
        assertThatThrownBy(() -> new CsvOptions(delimiter, true, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one ASCII character");
    }
}
