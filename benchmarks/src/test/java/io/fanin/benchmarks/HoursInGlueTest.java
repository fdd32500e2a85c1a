package io.fanin.benchmarks;

import static io.fanin.benchmarks.HoursFixture.CLOCK;
import static io.fanin.benchmarks.HoursFixture.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeGlue;
import io.fanin.fakes.Faults;
import io.fanin.fakes.RequestLog;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/** Partitions that are computed are answered as if they were held: the same requests go to a table that holds them. */
class HoursInGlueTest {

    private static final Map<String, String> PARAMETERS = Map.of("numFiles", "100", "fanin.inventory", "ab12");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "year = '2026'",
                "(year > '2025') OR (year = '2025' AND month = '12' AND hour >= '22')",
                "day = '01' AND hour < '05'",
                "year = '1999'"
            })
    void partitionsAreThoseOfATableThatHoldsThem(String expression) {
        GlueClient computed = computedGlue().client();
        GlueClient held = heldGlue().client();
        for (int size : new int[] {1, 7, 1_000}) {
            GetPartitionsRequest request = request(size).toBuilder()
                    .expression(expression.isEmpty() ? null : expression)
                    .build();

            assertThat(pages(computed, request)).as("pages of %d", size).isEqualTo(pages(held, request));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "3, false", "10, true"})
    void segmentsAreThoseOfATableThatHoldsThem(int total, boolean bare) {
        GlueClient computed = computedGlue().client();
        GlueClient held = heldGlue().client();
        int partitions = 0;
        for (int number = 0; number < total; number++) {
            int of = number;
            GetPartitionsRequest request = request(5).toBuilder()
                    .excludeColumnSchema(bare)
                    .segment(segment -> segment.segmentNumber(of).totalSegments(total))
                    .build();

            List<GetPartitionsResponse> pages = pages(computed, request);

            assertThat(pages).isEqualTo(pages(held, request));
            partitions +=
                    pages.stream().mapToInt(page -> page.partitions().size()).sum();
        }
        assertThat(partitions).isEqualTo(HOURS.count());
    }

    @Test
    void partitionsAskedForByValuesAreThoseThatAreThere() {
        List<PartitionValueList> asked = Stream.of(
                        HOURS.values(0),
                        HOURS.values(36),
                        HOURS.values(37),
                        List.of("2026", "1", "01", "00"),
                        List.of("2025", "12", "31", "14"))
                .map(values -> PartitionValueList.builder().values(values).build())
                .toList();

        List<?> found = get(computedGlue().client(), asked);

        assertThat(found).isEqualTo(get(heldGlue().client(), asked)).hasSize(2);
        assertThatThrownBy(() -> computedGlue()
                        .client()
                        .getPartition(get -> get.databaseName("lakehouse")
                                .tableName("events")
                                .partitionValues(HOURS.values(37))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    private static FakeGlue computedGlue() {
        return glue().computePartitions("lakehouse", "events", HOURS.registered(values -> PARAMETERS));
    }

    private static FakeGlue heldGlue() {
        FakeGlue glue = glue();
        List<PartitionInput> inputs = IntStream.range(0, HOURS.count())
                .mapToObj(HOURS::values)
                .map(values -> PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(storage("s3://lake/" + HOURS.prefix(values)))
                        .parameters(PARAMETERS)
                        .build())
                .toList();
        glue.client()
                .batchCreatePartition(create ->
                        create.databaseName("lakehouse").tableName("events").partitionInputList(inputs));
        return glue;
    }

    private static FakeGlue glue() {
        FakeGlue glue = new FakeGlue(CLOCK, new RequestLog(), new Faults()).createDatabase("lakehouse");
        List<Column> keys = Stream.of("year", "month", "day", "hour")
                .map(name -> Column.builder().name(name).type("string").build())
                .toList();
        glue.client()
                .createTable(create -> create.databaseName("lakehouse")
                        .tableInput(table -> table.name("events")
                                .partitionKeys(keys)
                                .storageDescriptor(storage("s3://lake/events/"))));
        return glue;
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("carrier").type("string").build())
                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                .serdeInfo(serde -> serde.serializationLibrary("org.openx.data.jsonserde.JsonSerDe"))
                .build();
    }

    private static GetPartitionsRequest request(int size) {
        return GetPartitionsRequest.builder()
                .databaseName("lakehouse")
                .tableName("events")
                .maxResults(size)
                .build();
    }

    private static List<GetPartitionsResponse> pages(GlueClient glue, GetPartitionsRequest request) {
        return glue.getPartitionsPaginator(request).stream().toList();
    }

    private static List<?> get(GlueClient glue, List<PartitionValueList> values) {
        return glue.batchGetPartition(
                        get -> get.databaseName("lakehouse").tableName("events").partitionsToGet(values))
                .partitions();
    }
}
