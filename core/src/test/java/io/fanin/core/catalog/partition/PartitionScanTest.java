package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.fakes.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;

/** A table is read page by page, and each partition is passed on once. */
class PartitionScanTest {

    private final ScanFixture scan = new ScanFixture();
    private final CatalogFixture fixture = scan.fixture;
    private final List<RegisteredPartition> seen = scan.seen;

    @Test
    void everyPartitionIsGivenWithItsLocationAndParameters() {
        scan.register(5);

        fixture.catalog.forEachPartition(FLIGHTS, seen::add);

        assertThat(seen)
                .hasSize(5)
                .filteredOn(partition -> partition.values().equals(hour(3)))
                .singleElement()
                .satisfies(partition -> {
                    assertThat(partition.location()).hasValue(registration(3).locationUri());
                    assertThat(partition.parameters()).isEqualTo(Map.of("fanin.objects", "3"));
                    assertThat(partition
                                    .storage()
                                    .isThatOf(fixture.catalog.table(FLIGHTS).orElseThrow()))
                            .isTrue();
                });
        assertThat(scan.requests())
                .singleElement()
                .satisfies(call -> assertThat(call.facts())
                        .isEqualTo(Map.of(
                                "DatabaseName", "analytics",
                                "TableName", "flights",
                                "ExcludeColumnSchema", "true",
                                "MaxResults", "1000")));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, false, 1", "2, 4, false, 2", "3, 5, true, 3", "9, 5, true, 3"})
    void sampleEndsAfterItsPages(int pages, int partitions, boolean isWhole, int requests) {
        scan.register(5);
        fixture.glue.scanAtMost(2);

        GlueCatalog.PartitionSample sample = fixture.catalog.samplePartitions(FLIGHTS, pages);

        assertThat(sample.partitions())
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(partitions);
        assertThat(sample.isWhole()).isEqualTo(isWhole);
        assertThat(scan.requests()).hasSize(requests);
    }

    @Test
    void failedPageIsAskedForAgainAndNoPartitionIsGivenTwice() {
        scan.register(5);
        fixture.glue.scanAtMost(2).faults().on("GetPartitions").nth(2).thenDrop();

        fixture.once.forEachPartition(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(5);
        assertThat(fixture.waits).hasSize(1);
    }

    @Test
    void pageThatIsCutShortIsAskedForAgain() {
        scan.register(5);
        fixture.glue.scanAtMost(2).faults().on("GetPartitions").nth(2).thenTruncate();

        fixture.once.forEachPartition(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void tableThatVanishesMeanwhileIsNamed() {
        scan.register(5);
        fixture.glue.scanAtMost(2).faults().on("GetPartitions").nth(2).thenFail(400, "EntityNotFoundException", "gone");

        assertThatThrownBy(() -> fixture.catalog.forEachPartition(FLIGHTS, seen::add))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("GetPartitions", "table analytics.flights", "dropped meanwhile");
    }

    @Test
    void glueThatKeepsFailingIsUnavailable() {
        fixture.glue.faults().on("GetPartitions").then(Fault.internalService());

        assertThatThrownBy(() -> fixture.once.forEachPartition(FLIGHTS, seen::add))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll("table analytics.flights", "InternalServiceException");
        assertThat(scan.requests()).hasSize(5);
        assertThat(fixture.waits).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tokensThatRepeatFailInsteadOfGoingRoundForEver(int distinct) {
        scan.register(5);
        AtomicInteger pages = new AtomicInteger();
        GlueCatalog catalog = new GlueCatalog(fixture.glue.scanAtMost(1).client(new ExecutionInterceptor() {
            @Override
            public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
                GetPartitionsResponse page = (GetPartitionsResponse) context.response();
                return page.toBuilder()
                        .nextToken(token(pages.getAndIncrement() % distinct))
                        .build();
            }
        }));

        assertThatThrownBy(() -> catalog.forEachPartition(FLIGHTS, seen::add))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll("GetPartitions", "table analytics.flights", "a page that it had given");
        assertThat(scan.requests()).hasSize(distinct + 1);
    }

    /** One that the service reads: the place of the partition of this hour. */
    private String token(int hour) {
        String place = String.join("\0", hour(hour).values());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }
}
