package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.FederatedTable;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableIdentifier;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.ViewDefinition;

class TableSupportTest {

    private static final Table SOUND = table(CatalogFixture.DEFINITION);
    private static final String WHY_NOT_ORC =
            "table analytics.flights has SerDe org.apache.hadoop.hive.ql.io.orc.OrcSerde with {}, which is not read here:"
                    + " only Parquet, Avro, JSON, and CSV with one character between fields, double quotes and one line of header"
                    + " at most are";

    /** A table of this definition, as Glue answers with it. */
    static Table table(TableDefinition definition) {
        TableInput input = GlueMapping.tableInput(definition, Map.of());
        return Table.builder()
                .tableType(input.tableType())
                .storageDescriptor(input.storageDescriptor())
                .partitionKeys(input.partitionKeys())
                .parameters(input.parameters())
                .build();
    }

    @Test
    void tableOfOursIsUsable() {
        assertThat(TableSupport.whyUnusable(CatalogFixture.FLIGHTS, SOUND)).isEmpty();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                example("is a view", table -> table.tableType("VIRTUAL_VIEW")),
                example(
                        "is a view",
                        table -> table.viewDefinition(ViewDefinition.builder().build())),
                example(
                        "is a resource link to shared.origin: name that table",
                        table -> table.targetTable(TableIdentifier.builder()
                                .databaseName("shared")
                                .name("origin")
                                .build())),
                example(
                        "federated",
                        table -> table.federatedTable(FederatedTable.builder().build())),
                example("is a view", table -> table.tableType("MATERIALIZED_VIEW")),
                example("is a governed table", table -> table.tableType("GOVERNED")),
                example(
                        "reads lists of files",
                        table -> storage(
                                table, s -> s.inputFormat("org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat"))),
                example("is of format delta", table -> parameter(table, "table_type", "DELTA")),
                example("is of format iceberg", table -> parameter(table, "table_type", "ICEBERG")),
                example("is of format delta", table -> parameter(table, "spark.sql.sources.provider", "delta")),
                example("is of format hudi", table -> parameter(table, "spark.sql.sources.provider", "hudi")),
                example(
                        "is of format hudi",
                        table -> storage(table, s -> s.inputFormat("org.apache.hudi.hadoop.HoodieParquetInputFormat"))),
                example(
                        "is of format hudi",
                        table -> storage(table, s -> s.inputFormat("com.uber.hoodie.hadoop.HoodieInputFormat"))),
                example(
                        "is of format iceberg",
                        table -> parameter(
                                table, "storage_handler", "org.apache.iceberg.mr.hive.HiveIcebergStorageHandler")),
                example(
                        "is of format iceberg",
                        table -> storage(
                                table,
                                s -> s.serdeInfo(serde ->
                                        serde.serializationLibrary("org.apache.iceberg.mr.hive.HiveIcebergSerDe")))),
                example(
                        "is of format delta",
                        table -> parameter(table, "storage_handler", "io.delta.hive.DeltaStorageHandler")),
                example(
                        "is read by the storage handler org.apache.hadoop.hive.dynamodb.DynamoDBStorageHandler",
                        table -> parameter(
                                table, "storage_handler", "org.apache.hadoop.hive.dynamodb.DynamoDBStorageHandler")),
                example("is of format delta", table -> parameter(table, "classification", "delta")),
                example("is of format hudi", table -> parameter(table, "classification", "Hudi")),
                example("is of format iceberg", table -> parameter(table, "classification", "iceberg")),
                example("has no partition keys", table -> table.partitionKeys(List.of())),
                example(
                        "has no partition keys",
                        table -> storage(table.partitionKeys(List.of()), s -> s.serdeInfo((SerDeInfo) null))),
                example("has projection.enabled=true", table -> parameter(table, "projection.enabled", "TRUE")),
                example("has no SerDe", table -> storage(table, s -> s.serdeInfo(serde -> serde.name("orc")))),
                example("has no SerDe", table -> table.storageDescriptor((StorageDescriptor) null)),
                example("has no location", table -> storage(table, s -> s.location(null))),
                example(
                        "has a location that is not used: 'hdfs://x/y' is not an S3 location such as s3://bucket/prefix/",
                        table -> storage(table, s -> s.location("hdfs://x/y"))),
                example("expected a path without '..'", table -> storage(table, s -> s.location("s3://lake//x/"))),
                example(
                        "'decimal(3,0)' is not a type for a partition key",
                        table -> table.partitionKeys(column("dt", "decimal(3,0)"))),
                example(
                        "'nonsense' is not a date format",
                        table -> parameter(table, "fanin.key.dt.format", "nonsense")),
                example(
                        "has both a column and a partition key named 'HOUR'",
                        table -> storage(table, s -> s.columns(column("HOUR", "int")))));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void tableThatWouldNotBeReadIsRecognised(String problem, UnaryOperator<Table.Builder> change) {
        Table table = change.apply(SOUND.toBuilder()).build();

        assertThat(TableSupport.whyUnusable(CatalogFixture.FLIGHTS, table))
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("table analytics.flights ").contains(problem));
    }

    @Test
    void avroIsKnownAndNotReadByQueries() {
        Table table = storage(
                        SOUND.toBuilder(),
                        s -> s.inputFormat("org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat")
                                .serdeInfo(serde -> serde.serializationLibrary(
                                                "org.apache.hadoop.hive.serde2.avro.AvroSerDe")
                                        .parameters(Map.of("avro.schema.literal", "{}"))))
                .build();

        CatalogTable avro = new CatalogTable(CatalogFixture.FLIGHTS, table);

        assertThat(avro.format()).isEqualTo(DataFormat.AVRO);
        assertThat(avro.whyUnusable()).isEmpty();
        assertThat(avro.whyOfUnknownFormat()).isEmpty();
        assertThat(avro.whyUnreadable())
                .hasValue("table analytics.flights is of format avro, whose values are not read here: only those of"
                        + " Parquet, JSON and CSV are");
    }

    @Test
    void partitionsOfUnknownFormatCanBeRegisteredAndNotRead() {
        Table table = storage(
                        SOUND.toBuilder(),
                        s -> s.serdeInfo(
                                serde -> serde.serializationLibrary("org.apache.hadoop.hive.ql.io.orc.OrcSerde")))
                .build();

        CatalogTable orc = new CatalogTable(CatalogFixture.FLIGHTS, table);

        assertThat(orc.format()).isEqualTo(DataFormat.OTHER);
        assertThat(orc.whyUnusable()).isEmpty();
        assertThat(orc.whyOfUnknownFormat()).hasValue(WHY_NOT_ORC);
        assertThat(orc.whyUnreadable()).hasValue(WHY_NOT_ORC);
        assertThatCode(() -> orc.requireUsableFor(definition(DataFormat.OTHER))).doesNotThrowAnyException();
        assertThatThrownBy(() -> orc.requireUsableFor(definition(DataFormat.JSON)))
                .as("the SerDe was changed after the run began")
                .isInstanceOf(CatalogException.class)
                .hasMessage("no partition can be registered: " + WHY_NOT_ORC);
        assertThat(new CatalogTable(CatalogFixture.FLIGHTS, SOUND).whyOfUnknownFormat())
                .isEmpty();
    }

    /** CloudTrail's objects are one JSON document each, which Hive's JSON SerDe gets record by record. */
    @Test
    void formatOfAnInputThatReadsNoLinesIsUnknown() {
        Table table = storage(
                        SOUND.toBuilder(),
                        s -> s.inputFormat("com.amazon.emr.cloudtrail.CloudTrailInputFormat")
                                .serdeInfo(
                                        serde -> serde.serializationLibrary("org.apache.hive.hcatalog.data.JsonSerDe")))
                .build();

        CatalogTable trail = new CatalogTable(CatalogFixture.FLIGHTS, table);

        assertThat(trail.format()).isEqualTo(DataFormat.OTHER);
        assertThat(trail.whyUnusable()).isEmpty();
        assertThat(trail.whyOfUnknownFormat())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains(
                                "and the input format com.amazon.emr.cloudtrail.CloudTrailInputFormat, which is not"));
    }

    @Test
    void tableIsUsableWithoutItsProjection() {
        CatalogTable projected = new CatalogTable(
                CatalogFixture.FLIGHTS,
                parameter(SOUND.toBuilder(), "projection.enabled", "true").build());

        assertThat(projected.whyUnusable()).isPresent();
        assertThat(projected.withoutProjection().whyUnusable()).isEmpty();
    }

    @Test
    void projectedTableIsUsableWhereItsParametersSaySo() {
        CatalogTable projected = new CatalogTable(
                CatalogFixture.FLIGHTS,
                parameter(SOUND.toBuilder(), "projection.enabled", "true").build());

        assertThat(projected.isRegisteredBesideProjection()).isFalse();
        assertThat(projected.besideProjection().whyUnusable()).isEmpty();
        assertThat(projected.besideProjection().isRegisteredBesideProjection()).isTrue();
        assertThat(projected.besideProjection().isProjected()).isTrue();
    }

    private static TableDefinition definition(DataFormat format) {
        TableDefinition sound = CatalogFixture.DEFINITION;
        return new TableDefinition(
                sound.name(), sound.location(), format, sound.csv(), sound.columns(), sound.keys(), sound.layout());
    }

    @Test
    void unusableTableCanStillBeLookedAt() {
        Table table = SOUND.toBuilder()
                .partitionKeys(column("dt", "decimal(3,0)"))
                .storageDescriptor((StorageDescriptor) null)
                .build();

        CatalogTable unusable = new CatalogTable(CatalogFixture.FLIGHTS, table);

        assertThat(unusable.keys()).isEmpty();
        assertThat(unusable.columns()).isEmpty();
        assertThat(unusable.location()).isEmpty();
        assertThat(unusable.format()).isEqualTo(DataFormat.OTHER);
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static Arguments example(String problem, UnaryOperator<Table.Builder> change) {
        return Arguments.of(problem, change);
    }

    private static Table.Builder parameter(Table.Builder table, String name, String value) {
        return table.parameters(Map.of(name, value));
    }

    private static Table.Builder storage(Table.Builder table, UnaryOperator<StorageDescriptor.Builder> change) {
        return table.storageDescriptor(
                change.apply(SOUND.storageDescriptor().toBuilder()).build());
    }
}
