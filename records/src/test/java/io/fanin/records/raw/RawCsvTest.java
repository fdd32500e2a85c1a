package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.RawCsv;
import io.fanin.model.table.TimePatterns;
import io.fanin.records.objects.TricklingStream;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.Scalars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV in realistic forms. Each is read from one block, and byte by byte. */
class RawCsvTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("id", "int"),
            new Column("price", "decimal(10,2)"),
            new Column("day", "date"),
            new Column("at", "timestamp"),
            new Column("name", "string"));

    private static final RawCsv EUROPEAN =
            new RawCsv('\'', Optional.of('#'), 2, true, List.of("n/a", "-"), new NumberForm(',', Optional.of('.')));

    private static final TimePatterns FORMATS = new TimePatterns(
            List.of("dd.MM.yyyy", "d MMM yyyy"),
            List.of("dd.MM.yyyy HH:mm[:ss]", "yyyy-MM-dd'T'HH:mmXXX", "yyyy-MM-dd[ hh:mm][ HH:mm]", "yyyyMMddXXX"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\1',
            value = {
                "1;2,50;08.02.2013;08.02.2013 17:05;a    | {0:1,1:2.50,2:2013-02-08,3:2013-02-08 16:05:00,4:a}",
                "1; 2,5 ; 8 feb 2013 ;;  b c\t           | {0:1,1:2.50,2:2013-02-08,4:b c}",
                "# 1;2                                   | {}",
                "1.000;1.234.567,891;;;                  | {0:1000,1:1234567.89}",
                "n/a;-;n/a;-;-                           | {}",
                "1;2;;;'n/a'                             | {0:1,1:2.00,4:n/a}",
                "1;2;;; 'x;y' \t                         | {0:1,1:2.00,4:x;y}",
                "1;2;;;'it''s'                           | {0:1,1:2.00,4:it's}",
                "1;2;;08.02.2013 17:05:09;               | {0:1,1:2.00,3:2013-02-08 16:05:09}",
                "1;2;;2013-02-08T17:05+05:30;            | {0:1,1:2.00,3:2013-02-08 11:35:00}",
                "1;2;;2013-02-08;                        | {0:1,1:2.00,3:2013-02-07 23:00:00}",
                "1;2;;20130208-05:00;                    | {0:1,1:2.00,3:2013-02-08 05:00:00}",
                "'1';'-2,5';'08.02.2013';;\"             | {0:1,1:-2.50,2:2013-02-08,4:\"}",
                "1;2.5;;;     | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found 2.5",
                "1;1.23,4;;;  | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found 1.23,4",
                "1;1234.567;;; | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found 1234.567",
                "1;0.123;;;   | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found 0.123",
                "1;-0.500;;;  | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found -0.500",
                "0.001.234;1;;; | column id: expected int with ',' before the fraction and '.' between thousands, found 0.001.234",
                "010;007,5;;; | {0:10,1:7.50}",
                "1;1,2,3;;;   | column price: expected decimal(10,2) with ',' before the fraction and '.' between thousands, found 1,2,3",
                "1;2;2013-02-08;; | column day: expected date as dd.MM.yyyy or d MMM yyyy, found 2013-02-08",
                "1;2;30.02.2013;; | column day: expected date as dd.MM.yyyy or d MMM yyyy, found 30.02.2013",
                "1;2;08.02.2013 x;; | column day: expected date as dd.MM.yyyy or d MMM yyyy, found 08.02.2013 x",
                "1;2;;08.02.2013;   | column at: expected timestamp as dd.MM.yyyy HH:mm[:ss] or yyyy-MM-dd'T'HH:mmXXX or yyyy-MM-dd[ hh:mm][ HH:mm] or yyyyMMddXXX, found 08.02.2013",
                "1;2;;2013-02-08 05:05; | column at: expected timestamp as dd.MM.yyyy HH:mm[:ss] or yyyy-MM-dd'T'HH:mmXXX or yyyy-MM-dd[ hh:mm][ HH:mm] or yyyyMMddXXX, found 2013-02-08 05:05",
                "1;2;;;'a' b  | a text follows a closing quote",
            })
    void recordIsReadAsItsSourceWritesIt(String line, String expected) throws IOException {
        String text = "Report of 2013\nby somebody\n# names\n id ;price; day;at ;name\n" + line + "\n";

        assertThat(told(text.getBytes(StandardCharsets.UTF_8), false)).isEqualTo(expected);
        assertThat(told(text.getBytes(StandardCharsets.UTF_8), true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array<decimal(9,3)>                     | [1.234, 0.5, 1.5e2, 12] | [1.234, 0.500, 150.000, 12.000]",
                "array<float>                            | [1.250, 1.5e2]          | [1.25, 150.0]",
                "array<double>                           | [1.234, 1.234e0]        | [1.234, 1.234]",
                "array<int>                              | [1.0]                   | [1]",
                "struct<x:decimal(9,3),y:map<string,int>> | {\"x\":1.234,\"y\":{\"a\":1.0}} | {x:1.234,y:{a:1}}",
                "array<string>                           | [1.234]                 | [1.234]",
            })
    void numberOfJsonWithinAFieldIsWrittenAsJsonWritesIt(String type, String json, String expected) throws IOException {
        List<Column> columns = List.of(new Column("parts", type));
        String text = "Report of 2013\nby somebody\nparts\n" + json + "\n";

        assertThat(told(columns, text.getBytes(StandardCharsets.UTF_8), false)).isEqualTo("{0:" + expected + "}");
        assertThat(told(columns, text.getBytes(StandardCharsets.UTF_8), true)).isEqualTo("{0:" + expected + "}");
    }

    @Test
    void objectOfSkippedLinesHasNoRecords() throws IOException {
        assertThat(told("only one line".getBytes(StandardCharsets.UTF_8), false))
                .isEqualTo("{}");
        assertThat(told(new byte[0], false)).isEqualTo("{}");
    }

    private static String told(byte[] text, boolean trickling) throws IOException {
        return told(COLUMNS, text, trickling);
    }

    private static String told(List<Column> columns, byte[] text, boolean trickling) throws IOException {
        InputStream in = new ByteArrayInputStream(text);
        Sink sink = new Sink(columns);
        new CsvRecords(
                        new ByteWindow(trickling ? new TricklingStream(in, new Random(1)) : in),
                        new CsvOptions(';', true, true).with(EUROPEAN),
                        CsvReading.BY_HEADER,
                        new Columns(columns, List.of()),
                        new Scalars(new Forms(EUROPEAN.numbers(), FORMATS, ZoneId.of("Europe/Berlin"))),
                        UnknownColumns.IGNORE,
                        sink)
                .read();
        String bad = sink.bad.stream().map(record -> record.reason()).collect(Collectors.joining());
        String good = String.join("/", sink.good)
                .replaceAll("\"([^\"\\\\]*|\\\\\")\"", "$1")
                .replace("\\\"", "\"");
        return bad + (bad.isEmpty() && good.isEmpty() ? "{}" : good);
    }
}
