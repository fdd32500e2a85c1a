package io.fanin.fakes.contract;

import static io.fanin.fakes.contract.Flights.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.GlueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.ValidationException;

/** The pages and segments in which a table's partitions are listed. */
interface GlueListingContract {

    Flights flights();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    default void segmentsCoverEveryPartitionExactlyOnce(int total) {
        List<List<String>> expected = flights().fill(300);
        List<List<String>> read = new ArrayList<>();

        for (int number = 0; number < total; number++) {
            Segment segment = segment(number, total);
            List<List<String>> part =
                    flights().valuesOf(get -> get.segment(segment).maxResults(30));
            assertThat(part).isNotEmpty();
            read.addAll(part);
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void pagesTogetherHoldEveryPartitionOnce() {
        List<List<String>> expected = flights().fill(300);

        assertThat(flights().valuesOf(get -> get.maxResults(7))).containsExactlyInAnyOrderElementsOf(expected);
        GetPartitionsResponse first = flights()
                .glue()
                .getPartitions(get -> get.databaseName(flights().database())
                        .tableName(flights().table())
                        .maxResults(10));
        assertThat(first.partitions()).hasSize(10);
        assertThat(first.nextToken()).isNotEmpty();
        assertThat(flights().valuesOf(get -> get.maxResults(300))).hasSize(300);
    }

    @Test
    default void pagesTokensAndSegmentsHaveTheirLimits() {
        int most = GlueLimits.of("segments");
        for (Segment wrong : List.of(segment(0, most + 1), segment(0, 0), segment(-1, 3))) {
            assertThatThrownBy(() -> flights().valuesOf(get -> get.segment(wrong)))
                    .isInstanceOf(ValidationException.class);
        }
        assertThatThrownBy(() -> flights().valuesOf(get -> get.segment(segment(3, 3))))
                .isInstanceOf(InvalidInputException.class);
        for (int wrong : new int[] {0, GlueLimits.of("partitionPage") + 1}) {
            assertThatThrownBy(() -> flights().valuesOf(get -> get.maxResults(wrong)))
                    .isInstanceOf(ValidationException.class);
        }
        assertThatThrownBy(() -> flights().valuesOf(get -> get.nextToken("?")))
                .isInstanceOf(InvalidInputException.class);
        assertThat(flights().valuesOf(get -> get.maxResults(GlueLimits.of("partitionPage"))))
                .isEmpty();
    }

    @Test
    default void columnsAreLeftOutOnDemand() {
        flights().create(partition("d1", "1"));

        assertThat(flights().partitions(get -> get.excludeColumnSchema(true)))
                .singleElement()
                .satisfies(partition -> {
                    assertThat(partition.storageDescriptor().columns()).isEmpty();
                    assertThat(partition.storageDescriptor().location()).isEqualTo("s3://lake/d1/1/");
                });
        assertThat(flights().partitions(get -> {}))
                .singleElement()
                .satisfies(partition ->
                        assertThat(partition.storageDescriptor().columns()).containsExactly(Flights.CARRIER));
        assertThat(flights().get("d1", "1").storageDescriptor().columns()).containsExactly(Flights.CARRIER);
    }

    @Test
    default void catalogIdIsAcceptedAndNamesAreTakenInAnyCase() {
        flights().create(partition("d1", "1"));
        String catalog = flights().described().catalogId();

        assertThat(flights()
                        .valuesOf(get -> get.catalogId(catalog)
                                .databaseName(flights().database().toUpperCase(Locale.ROOT))
                                .tableName("Flights")
                                .expression("dt = 'd1'")))
                .containsExactly(List.of("d1", "1"));
        assertThat(flights().get("d1", "1").catalogId()).isEqualTo(catalog);
    }

    private static Segment segment(int number, int total) {
        return Segment.builder().segmentNumber(number).totalSegments(total).build();
    }
}
