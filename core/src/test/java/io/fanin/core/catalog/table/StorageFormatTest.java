package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

class StorageFormatTest {

    private static final String TEXT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final String LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    record Expectation(
            StorageFormat format,
            String serde,
            String input,
            String output,
            Map<String, String> settings,
            Map<String, String> tableParameters) {}

    static Stream<Expectation> formats() {
        return Stream.of(
                new Expectation(
                        StorageFormat.of(DataFormat.PARQUET, CsvOptions.DEFAULT),
                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                        Map.of("serialization.format", "1"),
                        Map.of("classification", "parquet")),
                new Expectation(
                        StorageFormat.of(DataFormat.JSON, CsvOptions.DEFAULT),
                        "org.openx.data.jsonserde.JsonSerDe",
                        TEXT,
                        TEXT_OUT,
                        Map.of("serialization.format", "1"),
                        Map.of("classification", "json")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, CsvOptions.DEFAULT),
                        LAZY,
                        TEXT,
                        TEXT_OUT,
                        Map.of("field.delim", ",", "serialization.format", ","),
                        Map.of("classification", "csv", "skip.header.line.count", "1")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, new CsvOptions('|', false, false)),
                        LAZY,
                        TEXT,
                        TEXT_OUT,
                        Map.of("field.delim", "|", "serialization.format", "|"),
                        Map.of("classification", "csv")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, new CsvOptions('|', false, false).nullAs("NULL")),
                        LAZY,
                        TEXT,
                        TEXT_OUT,
                        Map.of("field.delim", "|", "serialization.format", "|", "serialization.null.format", "NULL"),
                        Map.of("classification", "csv")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, new CsvOptions(';', true, true)),
                        OPEN_CSV,
                        TEXT,
                        TEXT_OUT,
                        Map.of("separatorChar", ";", "quoteChar", "\"", "escapeChar", "\\"),
                        Map.of("classification", "csv", "skip.header.line.count", "1")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, new CsvOptions(';', true, true).escapedBy('^')),
                        OPEN_CSV,
                        TEXT,
                        TEXT_OUT,
                        Map.of("separatorChar", ";", "quoteChar", "\"", "escapeChar", "^"),
                        Map.of("classification", "csv", "skip.header.line.count", "1")),
                new Expectation(
                        StorageFormat.of(DataFormat.CSV, new CsvOptions(',', false, false).escapedBy('\\')),
                        LAZY,
                        TEXT,
                        TEXT_OUT,
                        Map.of("field.delim", ",", "serialization.format", ",", "escape.delim", "\\"),
                        Map.of("classification", "csv")));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void eachFormatIsWrittenAsReadersNeedIt(Expectation expected) {
        StorageDescriptor storage = expected.format().descriptor();

        assertThat(storage.serdeInfo().serializationLibrary()).isEqualTo(expected.serde());
        assertThat(storage.inputFormat()).isEqualTo(expected.input());
        assertThat(storage.outputFormat()).isEqualTo(expected.output());
        assertThat(storage.serdeInfo().parameters()).isEqualTo(expected.settings());
        assertThat(expected.format().tableParameters()).isEqualTo(expected.tableParameters());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsWrittenIsReadBack(Expectation expected) {
        Table table = Table.builder()
                .storageDescriptor(expected.format().descriptor())
                .parameters(expected.format().tableParameters())
                .build();

        assertThat(StorageFormat.of(table)).hasValue(expected.format());
    }

    @ParameterizedTest
    @CsvSource({
        "parquet.hive.serde.ParquetHiveSerDe, PARQUET",
        "org.apache.hive.hcatalog.data.JsonSerDe, JSON",
        "org.apache.hadoop.hive.serde2.JsonSerDe, JSON",
        "org.apache.hadoop.hive.serde2.OpenCSVSerde, CSV"
    })
    void otherToolsSerDesAreKnown(String serde, DataFormat format) {
        assertThat(StorageFormat.of(table(serde, Map.of())).map(StorageFormat::format))
                .hasValue(format);
    }

    @Test
    void unsetDelimiterIsHives() {
        assertThat(StorageFormat.of(table(LAZY, Map.of())).map(StorageFormat::csv))
                .hasValue(new CsvOptions('\u0001', false, false));
    }

    @Test
    void nullTextThatIsHivesOwnIsNone() {
        assertThat(StorageFormat.of(table(LAZY, Map.of("field.delim", ",", "serialization.null.format", "\\N")))
                        .map(StorageFormat::csv))
                .hasValue(new CsvOptions(',', false, false));
    }

    @Test
    void tabMayBeEscapedAsInDdl() {
        assertThat(StorageFormat.of(table(LAZY, Map.of("field.delim", "\\t"))).map(StorageFormat::csv))
                .hasValue(new CsvOptions('\t', false, false));
    }

    @Test
    void lineWhoseLastColumnTakesTheRestIsNotRead() {
        String rest = "serialization.last.column.takes.rest";
        assertThat(csv(LAZY, Map.of("field.delim", ",", rest, "TRUE"))).isEmpty();
        assertThat(csv(LAZY, Map.of("field.delim", ",", rest, "false"))).hasValue(new CsvOptions(',', false, false));
    }

    @Test
    void escapeCharactersAreReadAsTheSerDesReadThem() {
        assertThat(csv(OPEN_CSV, Map.of("escapeChar", "\""))).hasValue(new CsvOptions(',', true, false));
        assertThat(csv(OPEN_CSV, Map.of("escapeChar", "^"))).hasValue(new CsvOptions(',', true, false).escapedBy('^'));
        assertThat(csv(LAZY, Map.of("field.delim", ",", "escape.delim", "92")))
                .hasValue(new CsvOptions(',', false, false).escapedBy('\\'));
        assertThat(csv(LAZY, Map.of("field.delim", ",", "escape.delim", "")))
                .as("present without a character")
                .hasValue(new CsvOptions(',', false, false).escapedBy('\\'));
        assertThat(csv(LAZY, Map.of("serialization.format", "9"))).hasValue(new CsvOptions('\t', false, false));
        assertThat(csv(LAZY, Map.of("serialization.format", "1"))).hasValue(new CsvOptions('\u0001', false, false));
        assertThat(csv(OPEN_CSV, Map.of("escapeChar", "x"))).isEmpty();
        assertThat(csv(LAZY, Map.of("escape.delim", "x"))).isEmpty();
    }

    private static Optional<CsvOptions> csv(String serde, Map<String, String> settings) {
        return StorageFormat.of(table(serde, settings)).map(StorageFormat::csv);
    }

    @Test
    void whatCsvOptionsCannotSayIsNotGuessed() {
        assertThat(StorageFormat.of(table(LAZY, Map.of("field.delim", "||")))).isEmpty();
        assertThat(StorageFormat.of(table(LAZY, Map.of("serialization.null.format", "\n"))))
                .isEmpty();
        assertThat(StorageFormat.of(table(OPEN_CSV, Map.of("quoteChar", "'")))).isEmpty();
        assertThat(StorageFormat.of(table("org.apache.hadoop.hive.ql.io.orc.OrcSerde", Map.of())))
                .isEmpty();
        assertThat(StorageFormat.of(Table.builder().build())).isEmpty();
    }

    /** Trino merges them, and so does Athena. */
    @Test
    void settingsOfTheTableComeBeforeThoseOfTheSerDe() {
        Map<String, String> serde = Map.of("field.delim", ",", "serialization.null.format", "NULL");

        assertThat(StorageFormat.of(table(LAZY, serde, Map.of("serialization.null.format", "-")))
                        .map(StorageFormat::csv))
                .hasValue(new CsvOptions(',', false, false).nullAs("-"));
        assertThat(csv(LAZY, Map.of("field.delim", ",", "skip.header.line.count", "1")))
                .hasValue(new CsvOptions(',', false, true));
    }

    @ParameterizedTest
    @CsvSource({
        "skip.header.line.count, 2",
        "skip.header.line.count, all",
        "skip.footer.line.count, 1",
    })
    void linesThatReadersLeaveOutAreNotTakenForRecords(String name, String value) {
        for (String serde : List.of(LAZY, OPEN_CSV, "org.openx.data.jsonserde.JsonSerDe")) {
            Table table = table(serde, Map.of(), Map.of(name, value));

            assertThat(StorageFormat.of(table)).as(serde).isEmpty();
            assertThat(StorageFormat.describe(table)).contains(name + "=" + value);
        }
        assertThat(StorageFormat.of(
                        table("org.openx.data.jsonserde.JsonSerDe", Map.of(), Map.of("skip.header.line.count", "1"))))
                .isEmpty();
        assertThat(StorageFormat.of(table("parquet.hive.serde.ParquetHiveSerDe", Map.of(), Map.of(name, value))))
                .isPresent();
        assertThat(StorageFormat.of(table(LAZY, Map.of(), Map.of(name, "0")))).isPresent();
    }

    private static Table table(String serde, Map<String, String> settings) {
        return table(serde, settings, Map.of());
    }

    private static Table table(String serde, Map<String, String> settings, Map<String, String> ofTable) {
        return Table.builder()
                .parameters(ofTable)
                .storageDescriptor(storage -> storage.serdeInfo(SerDeInfo.builder()
                        .serializationLibrary(serde)
                        .parameters(settings)
                        .build()))
                .build();
    }
}
