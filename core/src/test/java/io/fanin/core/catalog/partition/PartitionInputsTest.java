package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.table.GlueMapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SchemaReference;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

class PartitionInputsTest {

    private static final Table TABLE = Table.builder()
            .storageDescriptor(
                    GlueMapping.tableInput(CatalogFixture.DEFINITION, Map.of()).storageDescriptor())
            .build();

    private static final Partition AS_MEANT = present(PartitionInputs.of(TABLE, registration(1)));

    @Test
    void wholeStorageDescriptorIsRepeatedAtThePartitionsLocation() {
        PartitionInput input = PartitionInputs.of(TABLE, registration(1));

        assertThat(input.values()).containsExactly("2013-02-08", "1");
        assertThat(input.storageDescriptor())
                .isEqualTo(TABLE.storageDescriptor().toBuilder()
                        .location(registration(1).locationUri())
                        .build());
    }

    /** Readers of a SerDe that nobody here knows may need any of it. */
    @Test
    void storageDescriptorOfAnotherToolIsRepeatedInFull() {
        StorageDescriptor foreign = StorageDescriptor.builder()
                .location("s3://lake/flights/")
                .columns(Column.builder()
                        .name("delay")
                        .type("int")
                        .comment("in minutes")
                        .build())
                .inputFormat("com.example.Input")
                .outputFormat("com.example.Output")
                .compressed(true)
                .numberOfBuckets(8)
                .bucketColumns("delay")
                .sortColumns(Order.builder().column("delay").sortOrder(1).build())
                .serdeInfo(serde -> serde.name("regex")
                        .serializationLibrary("org.apache.hadoop.hive.serde2.RegexSerDe")
                        .parameters(Map.of("input.regex", "(.*)~~(.*)")))
                .skewedInfo(skewed -> skewed.skewedColumnNames("delay")
                        .skewedColumnValues("0")
                        .skewedColumnValueLocationMaps(Map.of("0", "s3://lake/skewed/")))
                .schemaReference(schema -> schema.schemaVersionId("v").schemaVersionNumber(7L))
                .parameters(Map.of("avro.schema.url", "s3://lake/schema.avsc"))
                .storedAsSubDirectories(true)
                .build();

        PartitionInput input =
                PartitionInputs.of(TABLE.toBuilder().storageDescriptor(foreign).build(), registration(1));

        assertThat(input.storageDescriptor())
                .isEqualTo(foreign.toBuilder()
                        .location(registration(1).locationUri())
                        .schemaReference((SchemaReference) null)
                        .build());
    }

    @Test
    void crawlersTotalsOfTheTableAreNotThoseOfAPartition() {
        StorageDescriptor crawled = TABLE.storageDescriptor().toBuilder()
                .parameters(Map.of("recordCount", "9000", "averageRecordSize", "80", "compressionType", "gzip"))
                .build();

        PartitionInput input =
                PartitionInputs.of(TABLE.toBuilder().storageDescriptor(crawled).build(), registration(1));

        assertThat(input.storageDescriptor().parameters()).isEqualTo(Map.of("compressionType", "gzip"));
    }

    @Test
    void partitionAsWrittenIsAsMeant() {
        assertThat(isAsMeant(AS_MEANT)).isTrue();
    }

    static Stream<UnaryOperator<Partition.Builder>> harmless() {
        return Stream.of(
                p -> p.parameters(Map.of("fanin.objects", "3", "foreign", "1")),
                p -> storage(p, s -> s.location("s3://lake/flights/dt=2013-02-08/hour=1")),
                p -> storage(p, s -> s.compressed(false).numberOfBuckets(0)),
                p -> storage(
                        p, s -> s.columns(TABLE.storageDescriptor().columns().subList(0, 1))));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void differenceThatNoReaderMindsIsLeftAlone(UnaryOperator<Partition.Builder> change) {
        Partition present = change.apply(AS_MEANT.toBuilder()).build();

        assertThat(isAsMeant(present)).isTrue();
    }

    static Stream<UnaryOperator<Partition.Builder>> harmful() {
        return Stream.of(
                p -> p.parameters(Map.of()),
                p -> p.parameters(Map.of("fanin.objects", "4")),
                p -> p.storageDescriptor((StorageDescriptor) null),
                p -> storage(p, s -> s.location("s3://lake/flights/dt=2013-02-08/hour=10/")),
                p -> storage(p, s -> s.inputFormat("other")),
                p -> storage(p, s -> s.outputFormat("other")),
                p -> storage(p, s -> s.serdeInfo(serde -> serde.serializationLibrary("other"))),
                p -> storage(p, s -> s.columns(List.of())));
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void differenceThatAffectsReadersIsCorrected(UnaryOperator<Partition.Builder> change) {
        Partition present = change.apply(AS_MEANT.toBuilder()).build();

        assertThat(isAsMeant(present)).isFalse();
    }

    /** numRows feeds planners: of the old data it is worse than none. */
    @Test
    void replacementKeepsForeignParametersButForStatistics() {
        Partition present = AS_MEANT.toBuilder()
                .lastAccessTime(Instant.ofEpochSecond(5))
                .parameters(Map.of(
                        "foreign", "1",
                        "fanin.objects", "1",
                        "numRows", "9",
                        "totalSize", "9",
                        "recordCount", "9",
                        "spark.sql.statistics.numRows", "9"))
                .build();

        PartitionInput input = PartitionInputs.replacing(PresentPartition.of(present, TABLE), TABLE, registration(1));

        assertThat(input.parameters()).isEqualTo(Map.of("foreign", "1", "fanin.objects", "3"));
        assertThat(input.lastAccessTime()).isEqualTo(Instant.ofEpochSecond(5));
    }

    /** The source of the old data is not a parameter of data that was not converted. */
    @Test
    void replacementForgetsWhereTheOldDataCameFrom() {
        Partition present = AS_MEANT.toBuilder()
                .parameters(Map.of("fanin.source", "s3://landing/a/", "fanin.source.files", "9"))
                .build();

        PartitionInput input = PartitionInputs.replacing(PresentPartition.of(present, TABLE), TABLE, registration(1));

        assertThat(input.parameters()).isEqualTo(Map.of("fanin.objects", "3"));
    }

    /** A minimum of data that is gone would make readers pass over what is there. */
    @Test
    void replacementForgetsWhatRunsHaveSaidOfTheOldData() {
        Partition present = AS_MEANT.toBuilder()
                .parameters(
                        Map.of("fanin.min.delay", "1", "fanin.max.delay", "5", "fanin.bad_records", "1", "fan", "1"))
                .build();

        PartitionInput input = PartitionInputs.replacing(PresentPartition.of(present, TABLE), TABLE, registration(1));

        assertThat(input.parameters()).isEqualTo(Map.of("fanin.objects", "3", "fan", "1"));
    }

    /** A warning about data that is gone is not true of what is there. */
    @Test
    void replacementForgetsWhatAProcessorHasSaidOfTheOldData() {
        Partition present = AS_MEANT.toBuilder()
                .parameters(Map.of("fanin.parameters", "quality\nwarning", "warning", "3 lines", "fan", "1"))
                .build();

        PartitionInput input = PartitionInputs.replacing(PresentPartition.of(present, TABLE), TABLE, registration(1));

        assertThat(input.parameters()).isEqualTo(Map.of("fanin.objects", "3", "fan", "1"));
    }

    /** A pass whose work is repeated leaves what readers had before it, not what they had for a moment. */
    @ParameterizedTest
    @CsvSource({
        "version-0123456789abcdef-1, version-0123456789abcdef-2, former",
        "version-0123456789abcdef-2, version-0123456789abcdef-1, former",
        "version-0123456789abcdef-1, version-fedcba9876543210-1, version-0123456789abcdef-1",
        "made,                       version-0123456789abcdef-1, made",
        "version-0123456789abcdef-1, made,                       version-0123456789abcdef-1",
    })
    void replacementNamesTheLocationBeforeThePass(String before, String now, String replaced) {
        Partition present = storage(AS_MEANT.toBuilder(), s -> s.location("s3://lake/flights/7/" + before + "/"))
                .parameters(Map.of("fanin.replaced", "s3://lake/flights/7/former/"))
                .build();
        PartitionRegistration wanted =
                new PartitionRegistration(registration(1).values(), "s3://lake/flights/7/" + now + "/", Map.of());

        PartitionInput input = PartitionInputs.replacing(PresentPartition.of(present, TABLE), TABLE, wanted);

        assertThat(input.parameters()).isEqualTo(Map.of("fanin.replaced", "s3://lake/flights/7/" + replaced + "/"));
    }

    private static boolean isAsMeant(Partition present) {
        return PresentPartition.of(present, TABLE).isAsMeant(registration(1));
    }

    private static Partition.Builder storage(
            Partition.Builder partition, UnaryOperator<StorageDescriptor.Builder> change) {
        return partition.storageDescriptor(
                change.apply(AS_MEANT.storageDescriptor().toBuilder()).build());
    }

    private static Partition present(PartitionInput input) {
        return Partition.builder()
                .values(input.values())
                .storageDescriptor(input.storageDescriptor())
                .parameters(input.parameters())
                .build();
    }
}
