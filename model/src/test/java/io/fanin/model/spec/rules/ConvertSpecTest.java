package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.CsvSpec;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SourceSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for a source and for the processor {@code convert}. */
class ConvertSpecTest {

    private static final String SOURCE = "'source': {'location': 's3://landing/flights/'}";
    private static final String CONVERT = "'processor': {'type': 'convert'}";

    @Test
    void sourceAloneIsEnoughForAConversion() throws JsonProcessingException {
        TableSpec spec = read(spec(SOURCE + ", " + CONVERT));

        assertThat(spec.source())
                .hasValue(new SourceSpec(
                        S3Location.of("s3://landing/flights/"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(spec.processor()).hasValue(ProcessorSpec.Convert.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'decimalSeparator': ','",
                "'delimiter': ',', 'decimalSeparator': ','",
                "'delimiter': '.', 'groupingSeparator': '.', 'decimalSeparator': ','",
                "'delimiter': ' ', 'groupingSeparator': ' '",
            })
    void numbersOfUnquotedFieldsCannotHaveTheDelimiter(String csv) throws JsonProcessingException {
        String source = "'source': {'location': 's3://landing/flights', 'format': 'csv', 'csv': {" + csv + "%s}},"
                + " 'processor': {'type': 'convert'}";

        assertThatThrownBy(() -> read(spec(source.formatted(""))))
                .hasMessage(
                        "The table spec cannot be run: $.source.csv: expected separators of numbers that are not the"
                                + " delimiter, or \"quoted\": true");
        assertThat(read(spec(source.formatted(", 'quoted': true"))).source()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"{} | true", "{'delimiter': ';'} | true", "{'quoted': true} | true", "{'quoted': false} | false"})
    void fieldsOfRawCsvMayBeInQuotesUnlessTheSpecSaysOtherwise(String csv, boolean quoted)
            throws JsonProcessingException {
        TableSpec spec = read(spec(
                "'source': {'location': 's3://landing/flights', 'format': 'csv', 'csv': " + csv + "}, " + CONVERT));

        CsvSpec given = spec.source().flatMap(SourceSpec::csv).orElseThrow();
        assertThat(given.optionsOfRawData().quoted()).isEqualTo(quoted);
    }

    @Test
    void everythingThatAConversionCanSayIsRead() throws JsonProcessingException {
        TableSpec spec = read(spec("'source': {'location': 's3://landing/flights', 'format': 'csv', 'layout': '${day}',"
                + " 'csv': {'delimiter': ';', 'comment': '#', 'decimalSeparator': ','}, 'dateFormat': ['dd.MM.yyyy'], 'partitionKeys': [{'name': 'day', 'type': 'date', 'format': 'yyyyMMdd'}]},"
                + " 'processor': {'type': 'convert', 'onBadRecord': 'ignore', 'maxBadRecords': '0.05',"
                + " 'unknownColumns': 'bad', 'required': ['carrier'], 'timezone': 'Europe/Berlin',"
                + " 'targetFileSizeMb': 64}"));

        assertThat(spec.source())
                .hasValue(new SourceSpec(
                        S3Location.of("s3://landing/flights/"),
                        Optional.of(DataFormat.CSV),
                        Optional.of(new CsvSpec(
                                Optional.of(";"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("#"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(","),
                                Optional.empty())),
                        Optional.of(List.of("dd.MM.yyyy")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(new PartitionKey("day", KeyType.DATE, "yyyyMMdd"))),
                        Optional.of("${day}")));
        assertThat(spec.processor())
                .hasValue(new ProcessorSpec.Convert(
                        Optional.of(OnBadRecord.IGNORE),
                        Optional.of(new BadRecordLimit.Ratio(new BigDecimal("0.05"))),
                        Optional.of(UnknownColumns.BAD),
                        Optional.of(List.of("carrier")),
                        Optional.of("Europe/Berlin"),
                        Optional.of(64),
                        Optional.empty()));
    }

    @Test
    void whatAConversionLeavesOutHasItsDefault() {
        ProcessorSpec.Convert convert = ProcessorSpec.Convert.DEFAULT;

        assertThat(convert.onBadRecordOrDefault()).isEqualTo(OnBadRecord.QUARANTINE);
        assertThat(convert.maxBadRecordsOrDefault()).isEqualTo(new BadRecordLimit.Ratio(new BigDecimal("0.01")));
        assertThat(convert.unknownColumnsOrDefault()).isEqualTo(UnknownColumns.IGNORE);
        assertThat(convert.requiredOrDefault()).isEmpty();
        assertThat(convert.zoneOrDefault()).isEqualTo(ZoneOffset.UTC);
        assertThat(convert.targetFileSizeMbOrDefault()).isEqualTo(256);
    }

    @Test
    void conversionThatFailsOnBadRecordsAllowsNone() throws JsonProcessingException {
        TableSpec spec = read(spec(SOURCE + ", 'processor': {'type': 'convert', 'onBadRecord': 'fail'}"));

        assertThat(((ProcessorSpec.Convert) spec.processorOrDefault()).maxBadRecordsOrDefault())
                .isEqualTo(new BadRecordLimit.Count(0));
    }

    @Test
    void zoneIsTheNamedOne() throws JsonProcessingException {
        TableSpec spec = read(spec(SOURCE + ", 'processor': {'type': 'convert', 'timezone': 'Asia/Kolkata'}"));

        assertThat(((ProcessorSpec.Convert) spec.processorOrDefault()).zoneOrDefault())
                .isEqualTo(ZoneId.of("Asia/Kolkata"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'processor': {'type': 'convert'} | $.source: is missing: it says where the data lies that convert reads",
                "'source': {'location': 's3://landing/'} | $.source: is only for the processors convert, sql, custom and glue-job: validate takes the"
                        + " table's objects as they are",
            })
    void sourceAndConversionComeTogether(String field, String problem) {
        assertRefused(spec(field), problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'onBadRecord': 'drop' | $.processor.onBadRecord: expected 'quarantine', 'fail' or 'ignore', found 'drop'",
                "'unknownColumns': 'x' | $.processor.unknownColumns: expected 'ignore' or 'bad', found 'x'",
                "'maxBadRecords': 1.5 | $.processor.maxBadRecords: expected a whole number of records, or a ratio below 1"
                        + " such as 0.01, found 1.5",
                "'onBadRecord': 'fail', 'maxBadRecords': 5 | $.processor.maxBadRecords: cannot be combined with onBadRecord fail,"
                        + " which allows none",
                "'timezone': 'CEST' | $.processor.timezone: expected a time zone such as UTC or Europe/Berlin, found 'CEST'",
                "'timezone': '+01:00' | $.processor.timezone: expected a time zone such as UTC or Europe/Berlin, found '+01:00'",
                "'targetFileSizeMb': 0 | $.processor.targetFileSizeMb: expected 1 to 4096, found 0",
                "'targetFileSizeMb': 5000 | $.processor.targetFileSizeMb: expected 1 to 4096, found 5000",
                "'required': ['a', 'A'] | $.processor.required[1]: 'A' is there twice",
                "'expect': [{'name': 'a', 'sql': '(true'}] | $.processor.expect[0].sql: has a '(' too many",
            })
    void impossibleConversionIsNamedWithWhatWasExpected(String fields, String problem) {
        assertRefused(spec(SOURCE + ", 'processor': {'type': 'convert', " + fields + "}"), problem);
    }

    @Test
    void requiredColumnIsOneOfTheTables() throws JsonProcessingException {
        String columns = "'columns': [{'name': 'carrier', 'type': 'string'}], " + SOURCE;

        assertThat(read(spec(columns + ", 'processor': {'type': 'convert', 'required': ['Carrier']}"))
                        .processor())
                .isPresent();
        assertRefused(
                spec(columns + ", 'processor': {'type': 'convert', 'required': ['carier']}"),
                "$.processor.required[0]: 'carier' is none of the columns");
    }

    @Test
    void conversionWritesParquet() {
        assertRefused(
                spec("'format': 'json', " + SOURCE + ", " + CONVERT),
                "$.format: expected parquet, which is what convert writes, found json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format': 'parquet' | $.source.format: expected json or csv, found parquet, which only the processors sql, custom"
                        + " and glue-job read",
                "'csv': {} | $.source.csv: is only for the format csv, the source's is json",
                "'partitionKeys': [] | $.source.partitionKeys: expected at least one key: a table without partitions has"
                        + " nothing to detect",
                "'partitionKeys': [{'name': 'h', 'type': 'int'}, {'name': 'H', 'type': 'int'}] |"
                        + " $.source.partitionKeys[1].name: 'h' is there twice",
                "'partitionKeys': [{'name': 'h', 'type': 'int'}], 'layout': '${hour}' | $.source.layout: the layout names"
                        + " '${hour}', which is none of the partition keys [h]",
            })
    void impossibleSourceIsNamedWithWhatWasExpected(String fields, String problem) {
        assertRefused(spec("'source': {'location': 's3://landing/flights/', " + fields + "}, " + CONVERT), problem);
    }

    @Test
    void layoutOfTheSourceDefaultsToTheTablesKeys() {
        assertRefused(
                spec("'partitionKeys': [{'name': 'hour', 'type': 'int'}], 'source': {'location':"
                        + " 's3://landing/flights/', 'layout': '${day}'}, " + CONVERT),
                "$.source.layout: the layout names '${day}', which is none of the partition keys [hour]");
    }

    @Test
    void sourceWhoseKeysCannotTellTheTablesIsRefused() {
        assertRefused(
                spec(
                        "'partitionKeys': [{'name': 'at', 'type': 'string', 'format': 'yyyy/MM/dd/HH'}], 'source': {'location':"
                                + " 's3://landing/flights/', 'partitionKeys': [{'name': 'dt', 'type': 'date'}]}, "
                                + CONVERT),
                "$.source.partitionKeys: the source's keys [dt] tell days, and the table's [at] hours: expected the same");
    }

    @Test
    void sourceMayTellTheTimeInOtherKeys() throws JsonProcessingException {
        TableSpec spec = read(spec("'partitionKeys': [{'name': 'at', 'type': 'string', 'format': 'yyyy/MM/dd/HH'}],"
                + " 'source': {'location': 's3://landing/flights/', 'partitionKeys': [{'name': 'dt', 'type': 'date'},"
                + " {'name': 'hour', 'type': 'int'}]}, " + CONVERT));

        assertThat(spec.source()).isPresent();
    }

    @ParameterizedTest(name = "{0} into {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://lake/flights | s3://lake/flights/ | is $.location: what is converted must not lie where it is written",
                "s3://lake/flights/raw/ | s3://lake/flights/ | lies in $.location (s3://lake/flights/): readers would take"
                        + " its objects for the table's",
                "s3://lake/flights/ | s3://lake/flights/parquet/ | holds $.location (s3://lake/flights/parquet/): what is"
                        + " written there would be converted again",
                "s3://lake | s3://lake/flights/ | holds $.location (s3://lake/flights/): what is written there would be"
                        + " converted again",
            })
    void sourceAndTableLieApart(String source, String table, String problem) {
        assertRefused(
                spec("'location': '" + table + "', 'source': {'location': '" + source + "'}, " + CONVERT),
                "$.source.location: " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/flights_raw/, s3://lake/flights/",
        "s3://lake/flights/, s3://lake/flights_parquet/",
        "s3://landing/flights/, s3://lake/flights/"
    })
    void foldersSideBySideAreApart(String source, String table) throws JsonProcessingException {
        assertThat(read(spec("'location': '" + table + "', 'source': {'location': '" + source + "'}, " + CONVERT))
                        .source())
                .isPresent();
    }

    @Test
    void resolvedSourceLeavesNothingOutAndIsReadAsWritten() throws JsonProcessingException {
        TableSpec given = read(spec("'source': {'location': 's3://landing/flights/', 'format': 'csv'}, " + CONVERT));
        List<PartitionKey> keys = List.of(new PartitionKey("hour", KeyType.INT));
        TableDefinition table = new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of("s3://lake/flights/"),
                DataFormat.PARQUET,
                CsvOptions.DEFAULT,
                List.of(new Column("carrier", "string")),
                keys,
                "${hour}");

        ResolvedSpec resolved = given.resolved(table);

        assertThat(read(Json.text(resolved))).isEqualTo(resolved.document());
        assertThat(Json.documents().readValue(Json.text(resolved), ResolvedSpec.class))
                .isEqualTo(resolved);
        assertThat(resolved.definition()).isEqualTo(table);
        assertThat(resolved.source())
                .hasValue(new SourceDefinition(
                        S3Location.of("s3://landing/flights/"), DataFormat.CSV, CsvOptions.RAW, keys, "hive"));
        assertThat(resolved.document().source().flatMap(SourceSpec::csv)).hasValue(CsvSpec.of(CsvOptions.RAW));
    }

    @Test
    void resolvedSpecIsCheckedAgainWithTheTablesLocation() throws JsonProcessingException {
        TableSpec given = read(spec("'source': {'location': 's3://lake/flights/raw/'}, " + CONVERT));
        ResolvedSpec resolved = given.resolved(new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of("s3://lake/flights/"),
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                List.of(new Column("carrier", "string")),
                List.of(new PartitionKey("hour", KeyType.INT)),
                "hive"));

        assertThatThrownBy(() -> SpecReader.checkResolved(resolved.document()))
                .hasMessageContainingAll("$.format: expected parquet", "; $.source.location: lies in $.location");
    }
}
