package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.table.CsvOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records stand one behind the other with {@code /} between them, fields with {@code |}, and a null is {@code null}. */
class CsvFieldsTest {

    private static final CsvOptions QUOTED = new CsvOptions(',', true, false);
    private static final CsvOptions UNQUOTED = new CsvOptions(',', false, false);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "RAW  ; fields;                           a,b\\nc,d;               a|b / c|d",
                "RAW  ; last line without its end;        a,b;                     a|b",
                "RAW  ; empty fields of raw data;         ,a,\\n;                  null|a|null",
                "RAW  ; blank lines are passed over;      \\n\\r\\na\\n\\n\\nb;    a / b",
                "RAW  ; line ends of all kinds;           a\\r\\nb\\nc\\r\\n;      a / b / c",
                "RAW  ; CR within a field;                a\\rb,c\\n;              a<CR>b|c",
                "RAW  ; CR before a delimiter;            a\\r,b\\n;               a<CR>|b",
                "RAW  ; delimiter in quotes;              'a,b',c;                 a,b|c",
                "RAW  ; line end in quotes;               'a\\nb',c\\nd,e;         a<LF>b|c / d|e",
                "RAW  ; CRLF in quotes;                   'a\\r\\nb',c;            a<CR><LF>b|c",
                "RAW  ; doubled quote;                    'a''b','''';             a'b|'",
                "RAW  ; only doubled quotes;              '''''';                  ''",
                "RAW  ; quote behind a backslash;         'a\\\\'b',c;             a'b|c",
                "RAW  ; doubled backslash;                'C:\\\\\\\\tmp\\\\\\\\'; C:\\\\tmp\\\\",
                "RAW  ; backslash before a letter;        'a\\\\n',b;              a\\\\n|b",
                "RAW  ; backslash outside of quotes;      a\\\\\\\\b\\\\n,c;       a\\\\\\\\b\\\\n|c",
                "RAW  ; empty text in quotes;             '',a;                    |a",
                "RAW  ; text behind a closing quote;      'a'b,c;                  ab|c",
                "RAW  ; blank behind a closing quote;     'a' ,b;                  a |b",
                "RAW  ; quote inside of a field;          a'b,c'd;                 a'b|c'd",
                "RAW  ; blank before a quote;             a, 'b';                  a| 'b'",
                "RAW  ; NUL in a field;                   a\\0b,c;                 a<NUL>b|c",
                "RAW  ; delimiter alone;                  ,;                       null|null",
                "RAW  ; quotes in quotes that are closed; 'a''',b;                 a'|b",
                "TABLE; empty field is a text;                ,a;               |a",
                "TABLE; quotes open inside of a field;        a,bc'd,e'f,g;     a|bc'd,e'f|g",
                "TABLE; doubled quote behind a text;          a''b,c;           a'b|c",
                "TABLE; quote behind a backslash in a field;  a\\\\'b,c;        a'b|c",
                "TABLE; delimiter in quotes;                  'a,b',c;          a,b|c",
                "TABLE; doubled quote in quotes;              'a''b',c;         a'b|c",
                "TABLE; null text is a text;                  \\\\N,a;          \\\\N|a",
                "PLAIN; quotes mean nothing;      'a,b',c;        'a|b'|c",
                "PLAIN; backslash means nothing;  a\\\\,b;        a\\\\|b",
                "PLAIN; null text of Hive;        \\\\N,a\\\\N;   null|a\\\\N",
                "PLAIN; unclosed quote;           'a,b\\nc;       'a|b / c",
            })
    void dataIsSplit(Data data, String rule, String text, String expected) throws IOException {
        CsvOptions options = data == Data.PLAIN ? UNQUOTED : QUOTED;
        CsvReading reading = data == Data.TABLE ? CsvReading.BY_PLACE : CsvReading.BY_HEADER;

        assertThat(split(unescaped(text), options, reading)).isEqualTo(unescaped(expected));
    }

    /** What is split: raw data, a table as its readers do, and data without quotes. */
    enum Data {
        RAW,
        TABLE,
        PLAIN
    }

    @ParameterizedTest(name = "{0} of {1}, {2}, quoted {3}: null is {4}")
    @CsvSource(
            quoteCharacter = '\1',
            value = {
                "BY_HEADER, NA, NA,   true,  true",
                "BY_HEADER, NA, 'NA', true,  false",
                "BY_HEADER, NA, \\N,  true,  false",
                "BY_HEADER, ,   \\N,  true,  true",
                "BY_HEADER, ,   \\n,  true,  false",
                "BY_PLACE,  NA, NA,   false, true",
                "BY_PLACE,  ,   \\N,  false, true",
                "BY_PLACE,  NA, \\N,  false, false",
                "BY_PLACE,  ,   \\N,  true,  false",
            })
    void nullTextIsNullWhereItIsNotQuoted(
            CsvReading reading, String nullText, String text, boolean quoted, boolean isNull) throws IOException {
        CsvOptions options = new CsvOptions(',', quoted, false, Optional.ofNullable(nullText));

        assertThat(split(text.replace('\'', '"') + ",x", options, reading).startsWith("null|"))
                .isEqualTo(isNull);
    }

    @Test
    void emptyFieldIsNullUnlessItIsAText() throws IOException {
        CsvFields csv =
                new CsvFields(window(",a"), new CsvOptions(',', false, false, Optional.of("NA")), CsvReading.BY_HEADER);
        csv.next();

        assertThat(csv.isNull(csv.fields().getFirst(), true)).isFalse();
        assertThat(csv.isNull(csv.fields().getFirst(), false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            value = {"'a", "a,'b\\n", "'a''", "'a\\\\'"},
            delimiter = ';')
    void unclosedQuoteIsABadRecord(String text) {
        for (CsvReading reading : CsvReading.values()) {
            CsvFields csv = new CsvFields(window(unescaped(text)), QUOTED, reading);

            assertThatThrownBy(csv::next).isInstanceOf(BadRecordException.class).hasMessage("a quote is never closed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            delimiter = ';',
            value = {"a,b,c; 3", "'a,b',c; 2", ",; 2", "bc'd,e'f,g; 2", "a; 1"})
    void fieldsAreCountedAsTheyAreSplit(String text, int count) throws IOException {
        CsvFields counted = new CsvFields(window(unescaped(text)), QUOTED, CsvReading.BY_PLACE);
        CsvFields split = new CsvFields(window(unescaped(text)), QUOTED, CsvReading.BY_PLACE);
        split.next();

        assertThat(counted.count()).isEqualTo(count);
        assertThat(split.fields()).hasSize(count);
    }

    private static String unescaped(String text) {
        return text.replace("\\\\", "\2")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\0", "\0")
                .replace('\2', '\\')
                .replace('\'', '"');
    }

    private static String split(String text, CsvOptions options, CsvReading reading) throws IOException {
        CsvFields csv = new CsvFields(window(text), options, reading);
        List<String> records = new ArrayList<>();
        while (csv.next()) {
            records.add(String.join(
                    "|",
                    csv.fields().stream()
                            .map(field -> csv.isNull(field, true)
                                    ? "null"
                                    : new String(
                                            csv.bytes(),
                                            field.from(),
                                            field.to() - field.from(),
                                            StandardCharsets.UTF_8))
                            .toList()));
        }
        return String.join(" / ", records)
                .replace("\r", "<CR>")
                .replace("\n", "<LF>")
                .replace("\0", "<NUL>");
    }

    private static ByteWindow window(String text) {
        return new ByteWindow(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
