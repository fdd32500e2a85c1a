package io.fanin.records.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.NumberForm;
import io.fanin.records.compression.Compression;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import io.fanin.records.sniff.FileSniffer.Sniffed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSnifferTest {

    private static final String CSV = "carrier;delay;at\nUA;1;2013-02-08\nB6;2;2013-02-09\n";

    @TempDir
    private Path folder;

    private FileSniffer sniffer;

    @BeforeEach
    void open() throws IOException {
        sniffer = FileSniffer.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        sniffer.close();
    }

    private Sniffed.RawFile readable(byte[] bytes, boolean isWhole) throws IOException {
        Sniffed sniffed = sniffer.sniff(bytes, isWhole);
        assertThat(sniffed).isInstanceOf(Sniffed.RawFile.class);
        return (Sniffed.RawFile) sniffed;
    }

    private static String columns(Sniffed.RawFile file) {
        return file.columns().stream()
                .map((Column column) -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void jsonHasItsColumns() throws IOException {
        Sniffed.RawFile file = readable(
                "{\"a\": 1, \"b\": {\"c\": [1.5]}, \"d\": \"x\"}\n{\"a\": 2, \"e\": true}\n"
                        .getBytes(StandardCharsets.UTF_8),
                true);

        assertThat(file.format()).isEqualTo(DataFormat.JSON);
        assertThat(columns(file)).isEqualTo("a bigint, b struct<c:array<double>>, d string, e boolean");
    }

    @Test
    void csvHasItsDialect() throws IOException {
        Sniffed.RawFile file = readable(CSV.getBytes(StandardCharsets.UTF_8), true);

        assertThat(file.csv()).hasValue(new CsvOptions(';', false, true));
        assertThat(columns(file)).isEqualTo("carrier string, delay bigint, at date");
        assertThat(file.compression()).isEqualTo(Compression.NONE);
    }

    @Test
    void beginningOfAGzipFileIsEnough() throws IOException {
        String lines = IntStream.range(0, 50_000)
                .mapToObj(i -> "{\"n\": " + i * 7919L % 10_007 + "}")
                .collect(Collectors.joining("\n"));
        byte[] zip = gzip(lines);

        Sniffed.RawFile file = readable(Arrays.copyOf(zip, zip.length / 2), false);

        assertThat(file.compression()).isEqualTo(Compression.GZIP);
        assertThat(columns(file)).isEqualTo("n bigint");
    }

    @Test
    void beginningOfAZstdFileIsEnough() throws IOException {
        byte[] zstd = Zstd.compress("{\"n\": 1}\n".repeat(200_000).getBytes(StandardCharsets.UTF_8));

        Sniffed.RawFile file = readable(Arrays.copyOf(zstd, zstd.length - 4), false);

        assertThat(file.compression()).isEqualTo(Compression.ZSTD);
        assertThat(columns(file)).isEqualTo("n bigint");
    }

    @Test
    void formatOfDatesIsTold() throws IOException {
        Sniffed.RawFile german =
                readable("id;day\n1;25.11.2026\n2;26.11.2026\n".getBytes(StandardCharsets.UTF_8), true);

        assertThat(columns(german)).isEqualTo("id bigint, day date");
        assertThat(german.dateFormat()).hasValue("dd.MM.yyyy");
        assertThat(readable(CSV.getBytes(StandardCharsets.UTF_8), true).dateFormat())
                .isEmpty();
    }

    /** DuckDB takes the first of its forms that fits, so that the proposal would contain wrong days. */
    @ParameterizedTest
    @CsvSource({
        "03/04/2013, 05/06/2013, 'those of day fit dd/MM/yyyy and MM/dd/yyyy'",
        "03-04-2013, 05-06-2013, 'those of day fit dd-MM-yyyy and MM-dd-yyyy'",
        "01/02/13, 13/04/13, 'those of day are written in a form that is not known here'",
        "3/4/2013, 13/4/2013, 'those of day are written in a form that is not known here'",
    })
    void datesOfCsvThatMayBeOthersStayTexts(String one, String other, String ambiguity) throws IOException {
        Sniffed.RawFile file =
                readable("id,day\n1,%s\n2,%s\n".formatted(one, other).getBytes(StandardCharsets.UTF_8), true);

        assertThat(columns(file)).isEqualTo("id bigint, day string");
        assertThat(file.dateFormat()).isEmpty();
        assertThat(file.ambiguities()).singleElement().asString().contains(ambiguity);
    }

    @ParameterizedTest
    @CsvSource({
        "2013-02-08, ''",
        "08.02.2013, dd.MM.yyyy",
        "13/02/2013, dd/MM/yyyy",
        "02/13/2013, MM/dd/yyyy",
        "2013/02/08, yyyy/MM/dd"
    })
    void datesOfCsvInOneFormAreDates(String day, String format) throws IOException {
        Sniffed.RawFile file = readable("id,day\n1,%s\n2,\n".formatted(day).getBytes(StandardCharsets.UTF_8), true);

        assertThat(columns(file)).isEqualTo("id bigint, day date");
        assertThat(file.dateFormat().orElse("")).isEqualTo(format);
        assertThat(file.ambiguities()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "245,10 6.249,75 | decimal(18,2) | ',' before the fraction and '.' between thousands",
                "245,10 -6249,7  | decimal(18,2) | ',' before the fraction",
                "245,10 6'249,75 | decimal(18,2) | ',' before the fraction and ''' between thousands",
                "1,234.5 12      | decimal(18,1) | '.' before the fraction and ',' between thousands",
                "1'234 12        | bigint        | '.' before the fraction and ''' between thousands",
                "1,234 2,500     | string        | '.' before the fraction",
                "1,2 1,234.5     | string        | '.' before the fraction",
                "1,2 x           | string        | '.' before the fraction",
                "1.5 2.5         | double        | '.' before the fraction",
            })
    void formOfNumbersIsTold(String values, String type, String form) throws IOException {
        String lines = Arrays.stream(values.split(" +", -1))
                .map(value -> "a;" + value + "\n")
                .collect(Collectors.joining("", "id;n\n", ""));

        Sniffed.RawFile file = readable(lines.getBytes(StandardCharsets.UTF_8), true);

        assertThat(file.csv().orElseThrow().raw().numbers()).hasToString(form);
        assertThat(file.columns().getLast().type()).isEqualTo(type);
    }

    @Test
    void numbersThatMayBeReadTwoWaysAreNamed() throws IOException {
        assertThat(readable("id;n\na;1,234\nb;2,500\n".getBytes(StandardCharsets.UTF_8), true)
                        .ambiguities())
                .containsExactly(
                        "numbers taken for texts: those of n are written so that the comma may come before the fraction or between"
                                + " thousands: state csv.decimalSeparator and csv.groupingSeparator");
    }

    /** The values are texts for another reason. */
    @Test
    void textsWithoutSeparatorsSayNothingOfNumbers() throws IOException {
        Sniffed.RawFile file = readable("id;phone\na;+49123\nb;+49124\n".getBytes(StandardCharsets.UTF_8), true);

        assertThat(file.csv().orElseThrow().raw().numbers()).isEqualTo(NumberForm.STANDARD);
        assertThat(file.ambiguities()).isEmpty();
    }

    /** DuckDB reads them as 1.234 and 2.5. */
    @Test
    void groupsAreNoFractionsBesideDecimalCommas() throws IOException {
        assertThat(columns(readable("n;price\n1.234;0,50\n2.500;1,20\n".getBytes(StandardCharsets.UTF_8), true)))
                .isEqualTo("n bigint, price decimal(18,2)");
        assertThat(readable("n;price\n1.5;0,50\n2.5;1,20\n".getBytes(StandardCharsets.UTF_8), true)
                        .ambiguities())
                .singleElement()
                .asString()
                .contains("numbers taken for texts: those of price, n are written in several ways");
    }

    @ParameterizedTest
    @CsvSource({
        "20.11.2026 11:10,    21.11.2026 00:00,    dd.MM.yyyy HH:mm,    timestamp",
        "20/11/2026 11:10:05, 01/02/2026 11:10:05, dd/MM/yyyy HH:mm:ss, timestamp",
        "11/20/2026 11:10:05, 01/02/2026 11:10:05, MM/dd/yyyy HH:mm:ss, timestamp",
        "01/02/2026 11:10,    03/04/2026 11:10,    '',                  string",
        "2026-11-20 11:10:05, 2026-11-21 11:10:05, '',                  timestamp",
        "20.11.2026 11:10,    never,               '',                  string",
    })
    void formatOfTimestampsIsTold(String first, String second, String format, String type) throws IOException {
        Sniffed.RawFile file =
                readable(("id;at\n1;" + first + "\n2;" + second + "\n").getBytes(StandardCharsets.UTF_8), true);

        assertThat(file.timestampFormat().orElse("")).isEqualTo(format);
        assertThat(file.columns().getLast().type()).isEqualTo(type);
        assertThat(file.ambiguities()
                        .toString()
                        .contains("times taken for texts: those of at fit dd/MM/yyyy HH:mm and MM/dd/yyyy HH:mm"))
                .isEqualTo(first.startsWith("01/02"));
    }

    @ParameterizedTest
    @CsvSource({
        "20.11.2026 11:10,          21.11.2026 00:00,          dd.MM.yyyy HH:mm,    timestamp",
        "20-11-2026 11:10:05,       21-11-2026 11:10:05,       dd-MM-yyyy HH:mm:ss, timestamp",
        "01/02/2026 11:10,          03/04/2026 11:10,          '',                  string",
        "11-20-2026 11:10:05 AM,    11-21-2026 11:10:05 PM,    '',                  string",
        "2026-11-20 11:10:05,       2026-11-21 11:10:05,       '',                  timestamp",
        "2026-11-20T11:10:05+01:00, 2026-11-21T11:10:05+01:00, '',                  timestamp",
        "20.11.2026 11:10,          never,                     '',                  string",
    })
    void formatOfTimestampsInJsonIsTold(String first, String second, String format, String type) throws IOException {
        Sniffed.RawFile file = readable(
                ("{\"id\": 1, \"at\": \"" + first + "\"}\n{\"id\": 2}\n{\"id\": 3, \"at\": \"" + second + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8),
                true);

        assertThat(columns(file)).isEqualTo("id bigint, at " + type);
        assertThat(file.timestampFormat().orElse("")).isEqualTo(format);
        assertThat(file.ambiguities()).hasSize(first.matches("01/02.*|.*AM") ? 1 : 0);
    }

    /** DuckDB reads them as dates, without reporting the form. */
    @ParameterizedTest
    @CsvSource({
        "20-11-2026, dd-MM-yyyy, date",
        "11-20-2026, MM-dd-yyyy, date",
        "20.11.2026, dd.MM.yyyy, date",
        "02-11-2026, '',         string",
        "2026-11-20, '',         date",
    })
    void formatOfDatesInJsonIsTold(String date, String format, String type) throws IOException {
        Sniffed.RawFile file = readable(("{\"on\": \"" + date + "\"}\n").getBytes(StandardCharsets.UTF_8), true);

        assertThat(columns(file)).isEqualTo("on " + type);
        assertThat(file.dateFormat().orElse("")).isEqualTo(format);
    }

    @Test
    void otherCharsetIsTold() throws IOException {
        Charset windows = Charset.forName("windows-1252");

        assertThat(readable("a,b\nM\u00fcnchen,1\n".getBytes(windows), true).charset())
                .isEqualTo(windows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2] | JSON whose lines are no objects",
                "{ | JSON whose first line is no whole object",
                "ORC\b and more | it is ORC",
                "BZh9 | cannot be decompressed",
            })
    void whatIsNotReadIsNamed(String text, String why) throws IOException {
        assertThat(sniffer.sniff(text.getBytes(StandardCharsets.UTF_8), true))
                .isInstanceOfSatisfying(
                        Sniffed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAR1", "PARENT_ID"})
    void textThatBeginsLikeParquetIsCsv(String name) throws IOException {
        assertThat(columns(readable((name + ",b\n1,2\n").getBytes(StandardCharsets.UTF_8), true)))
                .startsWithIgnoringCase(name + " ");
    }

    @Test
    void damagedParquetIsNamed() throws IOException {
        assertThat(sniffer.sniff("PAR1\u0015 and nothing else PAR1".getBytes(StandardCharsets.UTF_8), true))
                .isInstanceOf(Sniffed.Unreadable.class);
    }

    /** DuckDB's parser recurses for each level, which would end the process. */
    @Test
    void parquetIsCheckedBeforeTheDatabaseReadsIt() throws IOException {
        byte[] deep = RewrittenParquet.footer(ParquetBytes.of("SELECT 1 AS a WHERE false"), footer -> {
            footer.getSchema().removeLast();
            for (int i = 0; i < 100_000; i++) {
                footer.getSchema().add(new SchemaElement("g").setNum_children(1));
            }
        });

        assertThat(sniffer.sniff(deep, true))
                .isInstanceOfSatisfying(
                        Sniffed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .startsWith("it is not sound Parquet")
                                .contains("columns more than 64 deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void recordThatIsNestedTooDeeplyIsPassedOver(String level) throws IOException {
        int depth = 100_000;
        String deep = "{\"a\":" + level.repeat(depth) + "1" + (level.equals("[") ? "]" : "}").repeat(depth) + "}";

        assertThat(sniffer.sniff(("{\"a\":1}\n" + deep + "\n").getBytes(StandardCharsets.UTF_8), true))
                .isInstanceOfSatisfying(
                        Sniffed.RawFile.class,
                        file -> assertThat(file.columns()).containsExactly(new Column("a", "bigint")));
    }

    @Test
    void damagedGzipIsNamed() throws IOException {
        byte[] zip = gzip(CSV);
        Arrays.fill(zip, 10, 20, (byte) 0xFF);

        assertThat(sniffer.sniff(zip, true))
                .isInstanceOfSatisfying(
                        Sniffed.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("it cannot be decompressed: "));
    }

    @Test
    void fileWithoutAWholeLineIsNotRead() throws IOException {
        assertThat(sniffer.sniff("abc".getBytes(StandardCharsets.UTF_8), false)).isInstanceOf(Sniffed.Unreadable.class);
    }
}
