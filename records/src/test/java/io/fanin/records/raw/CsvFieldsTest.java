package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.RawCsv;
import io.fanin.records.raw.text.BadRecordException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In expected values, {@code /} separates records and {@code |} fields, and {@code null} is a null. */
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
                "RAW  ; CR ends a line;                   a\\rb,c\\r\\rd;            a / b|c / d",
                "RAW  ; CR in quotes;                     'a\\rb',c\\rd;           a<CR>b|c / d",
                "RAW  ; delimiter in quotes;              'a,b',c;                 a,b|c",
                "RAW  ; line end in quotes;               'a\\nb',c\\nd,e;         a<LF>b|c / d|e",
                "RAW  ; CRLF in quotes;                   'a\\r\\nb',c;            a<CR><LF>b|c",
                "RAW  ; doubled quote;                    'a''b','''';             a'b|'",
                "RAW  ; only doubled quotes;              '''''';                  ''",
                "RAW  ; backslash before a quote;         'C:\\\\',b;              C:\\\\|b",
                "RAW  ; doubled backslash;                '\\\\\\\\tmp\\\\\\\\',b;       \\\\\\\\tmp\\\\\\\\|b",
                "RAW  ; backslash before a letter;        'a\\\\n',b;              a\\\\n|b",
                "RAW  ; backslash outside of quotes;      a\\\\\\\\b\\\\n,c;       a\\\\\\\\b\\\\n|c",
                "RAW  ; empty text in quotes;             '',a;                    |a",
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
                "TABLE; escape character that escapes none;   \\\\N,C:\\\\temp;  N|C:temp",
                "TABLE; escape character that is doubled;     a\\\\\\\\b,\\\\\\\\;      a\\\\b|",
                "TABLE; line end in quotes is the line's;     a,b\\r\\nc,d\\re; a|b / c|d / e",
                "TABLE; blank line is a record;               a\\n\\nb\\n;      a /  / b",
                "TABLE; quote in a text stays;                abc'd'e,f;        abc'd'e|f",
                "TABLE; quote behind blanks is dropped;       abcd,  'e'f;      abcd|e'f",
                "TABLE; quote behind the first character;     a'b'c,d;          ab'c|d",
                "ESCAPED; quote behind the escape;            'a\\\\'b',c;    a'b|c",
                "ESCAPED; delimiter and escape behind one;    a\\\\,b,\\\\\\\\,'\\\\\\\\'; a,b|\\\\|\\\\",
                "ESCAPED; letter behind the escape;           'a\\\\n',\\\\n;  an|n",
                "ESCAPED; null text is null;                  \\\\N,'\\\\N';   null|N",
                "ESCAPED; escaped null text is a text;        \\\\\\\\N,a;       \\\\N|a",
                "ESCAPED; escape at the end of a line;        a\\\\\\nb;            a\\\\ / b",
                "LAZY ; delimiter behind the escape;          a\\\\,b,\\\\N;      a,b|null",
                "LAZY ; quotes mean nothing;                  'a,b';            'a|b'",
                "PLAIN; quotes mean nothing;      'a,b',c;        'a|b'|c",
                "PLAIN; backslash means nothing;  a\\\\,b;        a\\\\|b",
                "PLAIN; null text of Hive;        \\\\N,a\\\\N;   null|a\\\\N",
                "PLAIN; unclosed quote;           'a,b\\nc;       'a|b / c",
                "PLAIN; line ends of all kinds;   a\\rb\\r\\nc,d\\n; a / b / c|d",
            })
    void dataIsSplit(Data data, String rule, String text, String expected) throws IOException {
        assertThat(split(unescaped(text), data.options(), data.reading())).isEqualTo(unescaped(expected));
    }

    /**
     * The kinds of data: raw data, with an escape character or without quotes, too, and tables, split as by their
     * SerDes.
     */
    enum Data {
        RAW,
        ESCAPED,
        PLAIN,
        TABLE,
        LAZY;

        CsvOptions options() {
            return switch (this) {
                case RAW, TABLE -> QUOTED;
                case ESCAPED -> QUOTED.escapedBy('\\');
                case PLAIN -> UNQUOTED;
                case LAZY -> UNQUOTED.escapedBy('\\');
            };
        }

        CsvReading reading() {
            return this == TABLE || this == LAZY ? CsvReading.BY_PLACE : CsvReading.BY_HEADER;
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            delimiter = ';',
            value = {
                "_a\\\\,b_,c_;    a,b|c",
                "a\\\\_,b;          a_|b",
                "_\\\\_a_\\\\__,b;  _a__|b",
                "\\\\a__,__;        a|null",
            })
    void blanksThatAreNotEscapedAreTrimmed(String text, String expected) throws IOException {
        CsvOptions options =
                QUOTED.escapedBy('\\').with(new RawCsv('"', Optional.empty(), 0, true, List.of(), NumberForm.STANDARD));

        assertThat(split(unescaped(text).replace('_', ' '), options, CsvReading.BY_HEADER))
                .isEqualTo(expected.replace('_', ' '));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            delimiter = ';',
            value = {"'a'b,c", "'a' ,b", "a,'b'c\\n", "'''a'b"})
    void textBehindAClosingQuoteIsABadRecord(String text) {
        CsvFields csv = new CsvFields(window(unescaped(text)), QUOTED, CsvReading.BY_HEADER);

        assertThatThrownBy(() -> record(csv))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("a text follows a closing quote");
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
        CsvOptions standard = new CsvOptions(',', quoted, false);
        CsvOptions options = nullText == null ? standard : standard.nullAs(nullText);

        assertThat(split(text.replace('\'', '"') + ",x", options, reading).startsWith("null|"))
                .isEqualTo(isNull);
    }

    @Test
    void emptyFieldIsNullUnlessItIsAText() throws IOException {
        CsvFields csv =
                new CsvFields(window(",a"), new CsvOptions(',', false, false).nullAs("NA"), CsvReading.BY_HEADER);
        csv.begin();
        csv.next();

        assertThat(csv.isNull(true)).isFalse();
        assertThat(csv.isNull(false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            value = {"'a", "a,'b\\n", "'a''"},
            delimiter = ';')
    void unclosedQuoteIsABadRecord(String text) {
        for (CsvReading reading : CsvReading.values()) {
            CsvFields csv = new CsvFields(window(unescaped(text)), QUOTED, reading);

            assertThatThrownBy(() -> record(csv))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessage("a quote is never closed");
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

        assertThat(counted.count(true)).isEqualTo(count);
        assertThat(record(split)).hasSize(count);
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
        while (csv.isNext()) {
            records.add(String.join("|", record(csv)));
        }
        return String.join(" / ", records)
                .replace("\r", "<CR>")
                .replace("\n", "<LF>")
                .replace("\0", "<NUL>");
    }

    private static List<String> record(CsvFields csv) throws IOException {
        List<String> fields = new ArrayList<>();
        csv.begin();
        while (csv.hasMore()) {
            csv.next();
            fields.add(
                    csv.isNull(true)
                            ? "null"
                            : new String(csv.bytes(), csv.from(), csv.to() - csv.from(), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static ByteWindow window(String text) {
        return new ByteWindow(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
