package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.Scalars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In expected values, {@code /} separates records; bad ones have their lines. Each rule is tested twice: with one block
 * and the maximum look-ahead, and byte by byte.
 */
class CsvRecordsTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("n", "int"), new Column("s", "string"), new Column("d", "date"), new Column("m", "array<int>"));

    private static final CsvOptions QUOTED = new CsvOptions(',', true, true);

    /** More bytes than a fast reader looks ahead; blank lines are not records. */
    private static final String ROOM = "\\n".repeat(200);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\1',
            value = {
                "plain fields;                   n,s\\n1,a\\n2,b\\n;             {0:1,1:'a'} / {0:2,1:'b'};",
                "columns by their names;         s,N\\na,1\\n;                   {0:1,1:'a'};",
                "blanks around a name;           ' n ', s \\n1,a\\n;             {0:1,1:'a'};",
                "byte order mark;                <BOM>n,s\\n1,a\\n;              {0:1,1:'a'};",
                "line ends of all kinds;         n,s\\r\\n1,a\\n2,b\\r\\n3,c\\r\\n; {0:1,1:'a'} / {0:2,1:'b'} / {0:3,1:'c'};",
                "CR alone as line end;           n,s\\r1,a\\r2,'b'\\rx,c\\r3,d; {0:1,1:'a'} / {0:2,1:'b'} / {0:3,1:'d'}; 4 column n: expected int, found x",
                "CR within a number;             n,s\\n1\\r2,c\\n;             {0:2,1:'c'}; 2 expected 2 fields, found 1 with the delimiter ','",
                "CR twice before a line end;     s,n\\na,1\\r\\r\\nb,x\\n;       {0:1,1:'a'}; 4 column n: expected int, found x",
                "CR at the end of a quoted text; n,s\\n1,'a\\r'\\n2,'b\\r'\\r\\n; {0:1,1:'a\\r'} / {0:2,1:'b\\r'};",
                "number in quotes;               n,s\\n'12',a\\n;                {0:12,1:'a'};",
                "number with a doubled quote;    n,s\\n'1''',a\\n;               ; 2 column n: expected int, found 1<Q>",
                "text behind a number in quotes; n,s\\n'1'2,a\\n;                ; 2 a text follows a closing quote",
                "text behind a closing quote;    n,s\\n1,'a'b\\n2,c\\n;           {0:2,1:'c'}; 2 a text follows a closing quote",
                "blank behind a closing quote;   n,s\\n1,'a' \\n2,c\\n;           {0:2,1:'c'}; 2 a text follows a closing quote",
                "quote that closes too late;     n,s\\n1,'a\\n2,b\\n3,'c'\\n4,d\\n; {0:2,1:'b'} / {0:3,1:'c'} / {0:4,1:'d'}; 2 a text follows a closing quote",
                "quote that takes a field;       n,s\\n'1,a\\n2,b'\\n;            {0:2,1:'b''}; 2 expected 2 fields, found 1, some of them over several lines",
                "blank before a number;          n,s\\n 1,a\\n2,b\\n;            {0:2,1:'b'}; 2 column n: expected int, found  1",
                "letter behind a number;         n,s\\n1x,a\\n;                  ; 2 column n: expected int, found 1x",
                "whole number with a fraction;   n,s\\n1.0,a\\n1e2,b\\n;         {0:1,1:'a'} / {0:100,1:'b'};",
                "number that is too large;       n,s\\n2147483648,a\\n;          ; 2 column n: expected int, found 2147483648",
                "plain date;                     n,d\\n1,2013-02-08\\n;          {0:1,2:'2013-02-08'};",
                "date in quotes;                 n,d\\n1,'2013-02-08'\\n;        {0:1,2:'2013-02-08'};",
                "letter behind a date;           n,d\\n1,2013-02-08x\\n;         ; 2 column d: expected date, found 2013-02-08x",
                "day that is none;               n,d\\n1,2013-02-30\\n;          ; 2 column d: expected date, found 2013-02-30",
                "doubled quotes;                 n,s\\n1,'a''b'\\n2,''''\\n;     {0:1,1:'a'b'} / {0:2,1:'''};",
                "backslash before a quote;       n,s\\n1,'C:\\\\'\\n2,'b'\\n;     {0:1,1:'C:\\'} / {0:2,1:'b'};",
                "doubled backslash;              n,s\\n1,'a\\\\\\\\b'\\n;        {0:1,1:'a\\\\\\\\b'};",
                "backslash outside of quotes;    n,s\\n1,a\\\\\\\\b\\n;          {0:1,1:'a\\\\\\\\b'};",
                "quote within a field;           n,s\\n1,a'b\\n;                 {0:1,1:'a'b'};",
                "delimiter in quotes;            n,s\\n1,'a,b'\\n;               {0:1,1:'a,b'};",
                "line end in quotes;             n,s\\n1,'a\\nb'\\nx,c\\n;       {0:1,1:'a\\nb'}; 4 column n: expected int, found x",
                "line end in an escaped text;    n,s\\n1,'''\\n'\\nx,c\\n;       {0:1,1:''\\n'}; 4 column n: expected int, found x",
                "unclosed quote;                 n,s\\n1,'a\\n2,b\\n;            {0:2,1:'b'}; 2 a quote is never closed",
                "NUL in a text;                  n,s\\n1,a<NUL>\\n;              {0:1,1:'a\\u0000'};",
                "NUL in a number;                n,s\\n1<NUL>,a\\n;              ; 2 column n: expected int, found 1?",
                "text beyond ASCII;              n,s\\n1,<E>\\n2,'<E>'\\n;       {0:1,1:'<E>'} / {0:2,1:'<E>'};",
                "empty fields;                   n,s\\n,\\n'',a\\n1,''\\n;       {} / {0:1,1:''}; 3 column n: expected int, found",
                "null text of Hive;              n,s\\n\\\\N,\\\\N\\n1,'\\\\N'\\n; {} / {0:1,1:'\\\\N'};",
                "text that begins with null's;   n,s\\n1,\\\\Na\\n;              {0:1,1:'\\\\Na'};",
                "too few fields;                 n,s\\n1\\n2,b\\n;               {0:2,1:'b'}; 2 expected 2 fields, found 1 with the delimiter ','",
                "too many fields;                n,s\\n1,a,\\n2,b\\n;            {0:2,1:'b'}; 2 expected 2 fields, found 3",
                "count of fields comes first;    n,s\\nx,a,\\n;                  ; 2 expected 2 fields, found 3",
                "first misfit is told;           n,d\\nx,y\\n;                   ; 2 column n: expected int, found x",
                "blank lines;                    \\n\\nn,s\\n\\n1,a\\n\\r\\n2,b; {0:1,1:'a'} / {0:2,1:'b'};",
                "blank lines before a bad one;   n,s\\n\\n\\nx,a\\n2,b\\n\\nx,c; {0:2,1:'b'}; 4 column n: expected int, found x / 7 column n: expected int, found x",
                "last line without its end;      n,s\\n1,a\\n2,b;                {0:1,1:'a'} / {0:2,1:'b'};",
                "JSON in quotes;                 n,m\\n1,'[1, 2]'\\n;          {0:1,3:[1, 2]};",
                "JSON that breaks off;           n,m\\n1,'[1'\\n2,[3]\\n;        {0:2,3:[3]}; 2 column m: expected array<int>, found [1",
                "column that is unknown;         n,x,s\\n1,'<FF>',a\\n;         {0:1,1:'a'};",
            })
    void recordsAreReadByTheRules(String rule, String text, String good, String bad) throws IOException {
        for (String end : List.of("", ROOM)) {
            byte[] csv = raw(text + end);

            Sink block = read(new ByteArrayInputStream(csv), QUOTED);
            Sink bytes = read(new CutStream(csv, 1, 1), QUOTED);

            assertThat(told(block)).isEqualTo(((good == null ? "" : good) + " ! " + (bad == null ? "" : bad)).strip());
            assertThat(told(bytes)).isEqualTo(told(block));
            assertThat(bytes.bad).isEqualTo(block.bad);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\1',
            delimiter = ';',
            value = {
                "0;                           0,0\\n00,1\\n;   {} / {0:0,1:'1'}",
                "-;                           -,-\\n-1,-x\\n;  {} / {0:-1,1:'-x'}",
                "a text of 30 letters or more; 1,a text of 30 letters or more\\n1,'a text of 30 letters or more'\\n;"
                        + "{0:1} / {0:1,1:'a text of 30 letters or more'}",
            })
    void nullTextIsNullBeforeItIsAValue(String nullText, String text, String good) throws IOException {
        for (String end : List.of("", ROOM)) {
            CsvOptions options = new CsvOptions(',', true, true).nullAs(nullText);

            assertThat(told(read(new ByteArrayInputStream(raw("n,s\\n" + text + end)), options)))
                    .isEqualTo(good + " !");
        }
    }

    /** Quotes in the record may have been meant to enclose the line end. */
    @Test
    void wrongNumberOfFieldsIsToldWithTheQuotesThatAreText() throws IOException {
        String text = "n,s\n1,\"a\nb\"\n2,c\n3,d,e\n";

        Sink sink =
                read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new CsvOptions(',', false, true));

        assertThat(sink.bad)
                .extracting(Sink.Bad::reason)
                .containsExactly(
                        "expected 2 fields, found 1 with the delimiter ','; it has quotes: if fields are in quotes, set"
                                + " source.csv.quoted",
                        "expected 2 fields, found 3");
    }

    @Test
    void textThatIsNotUtf8IsBad() throws IOException {
        for (String end : List.of("", ROOM)) {
            Sink sink = read(new ByteArrayInputStream(raw("n,s\\n1,<FF>\\n2,'<FF>'\\n3,ok\\n" + end)), QUOTED);

            assertThat(told(sink)).startsWith("{0:3,1:'ok'} ! 2 column s: expected string, found ");
            assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(2L, 3L);
        }
    }

    @Test
    void oneQuoteCostsOneRecord() throws IOException {
        StringBuilder csv = new StringBuilder("n,s\n");
        for (int i = 0; i < 50_000; i++) {
            csv.append(i).append(i == 7 ? ",\"x\n" : i % 1000 == 3 ? ",\"y\"\n" : ",z\n");
        }

        Sink sink = read(new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.US_ASCII)), QUOTED);

        assertThat(sink.good).hasSize(49_999);
        assertThat(sink.bad).extracting(Sink.Bad::line).containsExactly(9L);
    }

    /**
     * A writer joins fields with {@code ","} and forgets the outer quotes, so that each line continues the records
     * before it.
     */
    @Test
    void recordWithTooManyFieldsIsReadNoFurther() throws IOException {
        String line = "a\",\"b\n";
        int lines = 20_000;
        byte[] csv = ("n,s\n" + line.repeat(lines) + "3,c\n").getBytes(StandardCharsets.US_ASCII);
        Sink sink = new Sink(COLUMNS);
        LongSummaryStatistics ahead = new LongSummaryStatistics();
        InputStream in = new ByteArrayInputStream(csv) {

            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                ahead.accept(pos / line.length() - sink.bad.size());
                return super.read(to, offset, Math.min(length, 1));
            }
        };

        read(in, QUOTED, UnknownColumns.IGNORE, sink);

        assertThat(ahead.getMax()).as("lines behind the beginning of a record").isLessThan(5);
        assertThat(told(sink))
                .startsWith("{0:3,1:'c'} ! 2 expected 2 fields, found more, some of them over several lines / 3 ");
        assertThat(sink.bad)
                .extracting(Sink.Bad::line)
                .isEqualTo(LongStream.range(2, 2 + lines).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"n,s,caf\u00e9\n1,a,b\n", "\"n\",s,\"caf\u00e9\"\n1,a,b\n"})
    void headerThatIsNotUtf8IsRefused(String csv) {
        assertThatThrownBy(() -> read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.ISO_8859_1)), QUOTED))
                .isInstanceOf(BadHeaderException.class)
                .hasMessageStartingWith("it is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            value = {
                "n;s # it names none of the table's columns; it was read with the delimiter ',', and with ';' it names 2",
                "n<TAB>s # it names none of the table's columns; it was read with the delimiter ',', and with '\\t' it names 2",
                "x|n # it names none of the table's columns; it was read with the delimiter ',', and with '|' it names 1",
                "'n';'s' # a text follows a closing quote; it was read with the delimiter ',', and with ';' it names 2",
                "x;y # it names none of the table's columns; it was read with the delimiter ','; where there is no header, set",
            })
    void headerThatNamesNoColumnIsToldWithItsDelimiter(String header, String message) {
        String line = header.replace("<TAB>", "\t");

        assertThatThrownBy(() -> read(new ByteArrayInputStream(raw(line + "\\n1;2\\n")), QUOTED))
                .isInstanceOfSatisfying(
                        BadHeaderException.class, bad -> assertThat(bad.line()).isEqualTo(line.replace('\'', '"')))
                .hasMessageStartingWith(message);
    }

    @Test
    void unknownColumnIsToldByTheBeginningOfItsName() throws IOException {
        Sink sink = read(
                new ByteArrayInputStream(raw("n,a<NUL>" + "b".repeat(5_000) + "\\n1,2\\n")),
                QUOTED,
                UnknownColumns.BAD);

        assertThat(sink.bad)
                .singleElement()
                .satisfies(record -> assertThat(record.reason())
                        .startsWith("the table has no column 'a?bbb")
                        .hasSizeLessThan(100));
    }

    @Test
    void recordOfOneFieldIsToldWithItsDelimiter() throws IOException {
        assertThat(told(read(new ByteArrayInputStream(raw("n,s\\n1;a\\n")), QUOTED)))
                .endsWith("2 expected 2 fields, found 1 with the delimiter ','; with ';' it has 2");
    }

    /** Raw bytes from a text with {@code '} for quotes, escapes, and names for special characters. */
    private static byte[] raw(String text) {
        return text.replace('\'', '"')
                .replace("\\\\", "<BACKSLASH>")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("<BACKSLASH>", "\\")
                .replace("<NUL>", "\0")
                .replace("<BOM>", "\u00EF\u00BB\u00BF")
                .replace("<E>", "\u00C3\u00A9")
                .replace("<FF>", "\u00FF")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The records as JSON, with {@code '} for quotes. */
    private static String told(Sink sink) {
        String good =
                String.join(" / ", sink.good).replaceAll("\"(\\d+)\":", "$1:").replace("\\\"", "'");
        String bad = sink.bad.stream()
                .map(record -> record.line() + " " + record.reason().replace("\"", "<Q>"))
                .collect(Collectors.joining(" / "));
        return (good.replace('"', '\'').replace("\u00e9", "<E>") + " ! " + bad).strip();
    }

    private static Sink read(InputStream in, CsvOptions options) throws IOException {
        return read(in, options, UnknownColumns.IGNORE);
    }

    private static Sink read(InputStream in, CsvOptions options, UnknownColumns unknown) throws IOException {
        return read(in, options, unknown, new Sink(COLUMNS));
    }

    private static Sink read(InputStream in, CsvOptions options, UnknownColumns unknown, Sink sink) throws IOException {
        new CsvRecords(
                        new ByteWindow(in),
                        options,
                        CsvReading.BY_HEADER,
                        new Columns(COLUMNS, List.of()),
                        new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, ZoneOffset.UTC)),
                        unknown,
                        sink)
                .read();
        return sink;
    }
}
