package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableName;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/** The resolved specs of tables made by other tools. */
class ForeignSerDeTest {

    private static final String REGISTER = ", 'processor': {'type': 'register'}";

    /** With timestamp.formats of its own, say, nobody else knows which texts a SerDe reads. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "org.openx.data.jsonserde.JsonSerDe | serialization.format | true",
                "org.openx.data.jsonserde.JsonSerDe | ignore.malformed.json | true",
                "org.openx.data.jsonserde.JsonSerDe | timestamp.formats | false",
                "org.openx.data.jsonserde.JsonSerDe | mapping.carrier | false",
                "org.openx.data.jsonserde.JsonSerDe | dots.in.keys | false",
                "org.apache.hive.hcatalog.data.JsonSerDe | serialization.format | false",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | field.delim | true",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | timestamp.formats | false",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe | hive.lazysimple.extended_boolean_literal | false"
            })
    void valuesAreHeldAgainstTypesWhereTheSerDeIsKnown(String serde, String setting, boolean types) {
        CatalogTable table = table(serde, setting);

        assertThat(types("", table)).isEqualTo(types);
        assertThat(types(", 'processor': {'type': 'validate', 'types': true}", table))
                .isTrue();
        assertThat(types(", 'processor': {'type': 'validate', 'types': false}", table))
                .isFalse();
        assertThat(types(", 'processor': {'type': 'glue-job', 'job': 'hours'}", table))
                .isEqualTo(types);
    }

    /** It gives query engines texts, and what they make of them is not known here. */
    @ParameterizedTest
    @ValueSource(strings = {"'type': 'validate'", "'type': 'glue-job', 'job': 'hours'"})
    void otherTypesThanTextsOfQuotedCsvAreNotChecked(String processor) {
        CatalogTable table = table("org.apache.hadoop.hive.serde2.OpenCSVSerde", "separatorChar");

        assertThat(types(", 'processor': {" + processor + "}", table)).isFalse();
        assertThatThrownBy(() -> resolve(", 'processor': {" + processor + ", 'types': true}", table))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "$.processor.types: expected false: OpenCSVSerde reads texts, and how a query engine"
                                + " makes int of the column 'delay' is not checked");
    }

    /** They would be compared with columns of the same names in the objects, and readers take others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "parquet.column.index.access | true  | ``",
                "parquet.column.index.access | TRUE  | 'type': 'validate', 'schema': 'ignore', 'statistics': ['delay']",
                "parquet.column.index.access | true  | 'type': 'validate', 'schema': 'ignore', 'expect': [{'name': 'e', 'sql': 'delay > 0'}]",
                "parquet.column.index.access | true  | 'type': 'glue-job', 'job': 'hours'",
                "mapping.delay               | late  | 'type': 'validate', 'expect': [{'name': 'e', 'notNull': ['delay']}]",
                "dots.in.keys                | true  | 'type': 'validate', 'expect': [{'name': 'e', 'sql': 'delay > 0'}]",
                "case.insensitive            | false | 'type': 'glue-job', 'job': 'hours', 'expect': [{'name': 'e', 'sql': 'delay > 0'}]",
            })
    void columnsThatReadersDoNotFindByTheirNamesAreNotChecked(String setting, String value, String processor) {
        CatalogTable table = table(serdeOf(setting), setting, value);

        assertThatThrownBy(() -> resolve(processor.isEmpty() ? "" : ", 'processor': {" + processor + "}", table))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.processor: cannot check columns of table analytics.flights: with its setting "
                        + setting + "=" + value + " readers do not find them under their names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "parquet.column.index.access | false | 'type': 'validate'",
                "parquet.column.index.access | true  | 'type': 'validate', 'schema': 'ignore', 'expect': [{'name': 'e', 'rows': {'atLeast': 1}}]",
                "parquet.column.index.access | true  | 'type': 'register'",
                "mapping.delay               | Delay | 'type': 'validate', 'expect': [{'name': 'e', 'notNull': ['delay']}]",
                "mapping.delay               | late  | 'type': 'validate', 'expect': [{'name': 'e', 'rows': {'atLeast': 1}}]",
                "dots.in.keys                | false | 'type': 'validate', 'expect': [{'name': 'e', 'sql': 'delay > 0'}]",
            })
    void whatLooksAtNoColumnsNeedsNoNames(String setting, String value, String processor) {
        CatalogTable table = table(serdeOf(setting), setting, value);

        assertThat(resolve(", 'processor': {" + processor + "}", table)
                        .definition()
                        .name())
                .isEqualTo(table.name());
    }

    /** Trino finds no bucket in a name such as part-00000.parquet, and refuses the partition. */
    @Test
    void bucketsAreNotMade() {
        CatalogTable table = bucketed();
        String source = ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}";

        assertThatThrownBy(() -> resolve(source, table))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.table: table analytics.flights is clustered by delay into 8 buckets,"
                                + " and query engines take the files of a partition for these, which convert does not write:"
                                + " create the table again without CLUSTERED BY, or write its partitions with an engine that"
                                + " knows its buckets");
        assertThat(resolve("", table).definition().name()).isEqualTo(table.name());
        assertThat(resolve(REGISTER, table).definition().name()).isEqualTo(table.name());
    }

    private static String serdeOf(String setting) {
        return setting.startsWith("parquet")
                ? "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
                : "org.openx.data.jsonserde.JsonSerDe";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
                "org.apache.hadoop.hive.serde2.RegexSerDe",
                "org.apache.hadoop.hive.contrib.serde2.MultiDelimitSerDe",
                "com.amazonaws.glue.serde.GrokSerDe",
                "com.amazon.ionhiveserde.IonHiveSerDe",
                "com.twitter.elephantbird.hive.serde.ProtobufDeserializer"
            })
    void tableThatNobodyHereReadsIsOnlyRegistered(String serde) {
        CatalogTable table = table(serde, "field.delim");

        assertThatThrownBy(() -> resolve("", table))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.table: table analytics.flights has SerDe " + serde
                                + " with {field.delim=,}, which is not read here: only Parquet, Avro, JSON, and CSV with one character between"
                                + " fields, double quotes and one line of header at most are. The processor register registers its partitions without reading them:"
                                + " {\"database\": \"analytics\", \"table\": \"flights\", \"processor\": {\"type\": \"register\"}}");

        ResolvedSpec spec = resolve(REGISTER, table);

        assertThat(spec.definition().format()).isEqualTo(DataFormat.OTHER);
        assertThat(spec.definition().columns()).containsExactly(new Column("delay", "int"));
        assertThat(resolve(REGISTER + ", 'format': 'other'", table)).isEqualTo(spec);
    }

    @Test
    void tableOfAvroIsValidatedUnlessTheSpecSaysOtherwise() {
        CatalogTable table = table("org.apache.hadoop.hive.serde2.avro.AvroSerDe", "avro.schema.literal");

        ResolvedSpec spec = resolve("", table);

        assertThat(spec.definition().format()).isEqualTo(DataFormat.AVRO);
        assertThat(spec.processor().type()).isEqualTo("validate");
        assertThat(resolve(REGISTER, table).processor().type()).isEqualTo("register");
    }

    /** Athena reads the folders of a projected table with all that lies in them, whatever is registered. */
    @Test
    void versionsAreNotMadeWhereAthenaReadsFolders() {
        CatalogTable table = table(storage -> storage.serdeInfo(info -> info.serializationLibrary(serdeOf("parquet"))));
        Map<String, String> projected = Map.of("projection.enabled", "true", "fanin.projection", "register");
        String source = ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}";

        assertThat(resolve(source, table).processor().makesVersions()).isTrue();
        assertThatThrownBy(() -> resolve(source, with(table, projected)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "$.table: Athena reads all that lies in the folders of table analytics.flights while"
                                + " projection.enabled is true, and convert keeps several versions of a partition there");
        assertThat(resolve("", with(table, projected)).definition().name()).isEqualTo(table.name());
    }

    /** Readers would see nulls in it, in files that have it. */
    @ParameterizedTest
    @CsvSource({"avro.schema.literal, true", "avro.schema.url, true", "avro.schema.literal, false"})
    void noColumnIsAddedToThoseOfAnAvroSchema(String parameter, boolean isOfSerDe) {
        String serde = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";
        CatalogTable table = table(serde, isOfSerDe ? parameter : "x", "{}");
        CatalogTable avro = isOfSerDe ? table : with(table, Map.of(parameter, "{}"));
        String more = ", 'onNewColumns': 'append', 'columns': [{'name': 'delay', 'type': 'int'},"
                + " {'name': 'more', 'type': 'int'}]";

        assertThatThrownBy(() -> resolve(more, avro))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "$.columns: readers take the columns of table analytics.flights from its parameter " + parameter
                                + ", and others as null");
        assertThat(resolve("", avro).definition().columns()).hasSize(1);
        assertThat(resolve(more, table(serde, "x", "y")).definition().columns()).hasSize(2);
    }

    private static CatalogTable with(CatalogTable table, Map<String, String> parameters) {
        return new CatalogTable(
                table.name(), table.raw().toBuilder().parameters(parameters).build());
    }

    @Test
    void formatThatTheSpecStatesIsHeldAgainstTheSerDe() {
        CatalogTable orc = table("org.apache.hadoop.hive.ql.io.orc.OrcSerde", "x");

        assertThatThrownBy(() -> resolve(REGISTER + ", 'format': 'parquet'", orc))
                .hasMessageContaining("$.format: contradicts the catalog: the table's is other");
        assertThatThrownBy(() -> resolve(REGISTER + ", 'csv': {'delimiter': ','}", orc))
                .hasMessageContaining("$.csv: contradicts the catalog: the table's format is other");
    }

    @Test
    void tableOfAnUnknownFormatIsNotCreated() {
        assertThatThrownBy(() -> SpecResolution.resolveNew(
                        DetectorFixture.spec(DetectorFixture.COMPLETE.replace("'json'", "'other'") + REGISTER)))
                .hasMessage(
                        "The table spec cannot be run: $.format: 'other' is only for tables that exist, and the catalog"
                                + " has no table analytics.flights: create it with its SerDe, or state parquet, json or csv");
    }

    private static ResolvedSpec resolve(String fields, CatalogTable table) {
        return SpecResolution.resolve(DetectorFixture.spec(NAMES + fields), table);
    }

    private static boolean types(String fields, CatalogTable table) {
        ProcessorSpec processor = SpecResolution.resolve(DetectorFixture.spec(NAMES + fields), table)
                .processor();
        return (processor instanceof ProcessorSpec.GlueJob job ? job.validation() : (ProcessorSpec.Validate) processor)
                .typesOrDefault();
    }

    private static CatalogTable table(String serde, String setting) {
        return table(serde, setting, ",");
    }

    private static CatalogTable table(String serde, String setting, String value) {
        return table(storage ->
                storage.serdeInfo(info -> info.serializationLibrary(serde).parameters(Map.of(setting, value))));
    }

    private static CatalogTable bucketed() {
        return table(storage -> storage.serdeInfo(info -> info.serializationLibrary(serdeOf("parquet")))
                .numberOfBuckets(8)
                .bucketColumns("delay"));
    }

    private static CatalogTable table(UnaryOperator<StorageDescriptor.Builder> storage) {
        return new CatalogTable(
                new TableName("analytics", "flights"),
                Table.builder()
                        .name("flights")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of())
                        .partitionKeys(glueColumn("dt", "string"))
                        .storageDescriptor(storage.apply(StorageDescriptor.builder()
                                        .location("s3://lake/flights/")
                                        .columns(glueColumn("delay", "int")))
                                .build())
                        .build());
    }

    private static software.amazon.awssdk.services.glue.model.Column glueColumn(String name, String type) {
        return software.amazon.awssdk.services.glue.model.Column.builder()
                .name(name)
                .type(type)
                .build();
    }
}
