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
    private static final CsvOptions PLAIN = new CsvOptions(',', false, false);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "fields;                           a,b\\nc,d;               a|b / c|d",
                "last line without its end;        a,b;                     a|b",
                "empty fields of raw data;         ,a,\\n;                  null|a|null",
                "blank lines are passed over;      \\n\\r\\na\\n\\n\\nb;    a / b",
                "line ends of all kinds;           a\\r\\nb\\nc\\r\\n;      a / b / c",
                "CR within a field;                a\\rb,c\\n;              a<CR>b|c",
                "CR before a delimiter;            a\\r,b\\n;               a<CR>|b",
                "delimiter in quotes;              'a,b',c;                 a,b|c",
                "line end in quotes;               'a\\nb',c\\nd,e;         a<LF>b|c / d|e",
                "CRLF in quotes;                   'a\\r\\nb',c;            a<CR><LF>b|c",
                "doubled quote;                    'a''b','''';             a'b|'",
                "only doubled quotes;              '''''';                  ''",
                "quote behind a backslash;         'a\\\\'b',c;             a'b|c",
                "doubled backslash;                'C:\\\\\\\\tmp\\\\\\\\'; C:\\\\tmp\\\\",
                "backslash before a letter;        'a\\\\n',b;              a\\\\n|b",
                "backslash outside of quotes;      a\\\\\\\\b\\\\n,c;       a\\\\\\\\b\\\\n|c",
                "empty text in quotes;             '',a;                    |a",
                "text behind a closing quote;      'a'b,c;                  ab|c",
                "blank behind a closing quote;     'a' ,b;                  a |b",
                "quote inside of a field;          a'b,c'd;                 a'b|c'd",
                "blank before a quote;             a, 'b';                  a| 'b'",
                "NUL in a field;                   a\\0b,c;                 a<NUL>b|c",
                "delimiter alone;                  ,;                       null|null",
                "quotes in quotes that are closed; 'a''',b;                 a'|b",
            })
    void rawDataIsSplit(String rule, String text, String expected) throws IOException {
        assertThat(split(unescaped(text), QUOTED, CsvReading.BY_HEADER)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "empty field is a text;                ,a;               |a",
                "quotes open inside of a field;        a,bc'd,e'f,g;     a|bc'd,e'f|g",
                "doubled quote behind a text;          a''b,c;           a'b|c",
                "quote behind a backslash in a field;  a\\\\'b,c;        a'b|c",
                "delimiter in quotes;                  'a,b',c;          a,b|c",
                "doubled quote in quotes;              'a''b',c;         a'b|c",
                "null text is a text;                  \\\\N,a;          \\\\N|a",
            })
    void tableIsSplitAsItsReadersDo(String rule, String text, String expected) throws IOException {
        assertThat(split(unescaped(text), QUOTED, CsvReading.BY_PLACE)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "quotes mean nothing;      'a,b',c;        'a|b'|c",
                "backslash means nothing;  a\\\\,b;        a\\\\|b",
                "null text of Hive;        \\\\N,a\\\\N;   null|a\\\\N",
                "unclosed quote;           'a,b\\nc;       'a|b / c",
            })
    void unquotedDataIsSplitAtDelimiters(String rule, String text, String expected) throws IOException {
        assertThat(split(unescaped(text), PLAIN, CsvReading.BY_HEADER)).isEqualTo(unescaped(expected));
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
    void nothingAtAllIsNullForWhatIsNoTextWhereANullTextIsNamed() throws IOException {
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
