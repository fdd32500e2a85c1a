package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.fakes.Fault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments are read concurrently, and each of their partitions is passed on once. */
class PartitionScanSegmentsTest {

    private final ScanFixture scan = new ScanFixture();
    private final CatalogFixture fixture = scan.fixture;
    private final List<RegisteredPartition> seen = scan.seen;

    @Test
    void everyPartitionIsGivenOnceWithoutItsColumns() {
        scan.register(100);

        fixture.catalog.forEachPartitionInSegments(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThat(scan.requests())
                .hasSize(10)
                .allMatch(call -> call.fact("ExcludeColumnSchema").equals("true"))
                .extracting(call -> call.fact("Segment"))
                .containsExactlyInAnyOrder(
                        "0/10", "1/10", "2/10", "3/10", "4/10", "5/10", "6/10", "7/10", "8/10", "9/10");
    }

    /** Ten pages hold 10,000 partitions. */
    @ParameterizedTest(name = "{0} partitions: {1} requests, segments {2}")
    @CsvSource({"100, 1, false", "10000, 10, false", "10001, 20, true"})
    void onlyManyPartitionsAreReadInSegments(int partitions, int requests, boolean segments) {
        scan.register(partitions);

        fixture.catalog.forEachPartitionInPagesOrSegments(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(partitions);
        assertThat(scan.requests()).hasSizeBetween(requests, requests + (segments ? 10 : 0));
        assertThat(scan.requests().stream()
                        .anyMatch(call -> !call.fact("Segment").isEmpty()))
                .isEqualTo(segments);
    }

    @Test
    void consumerIsCalledBySegmentsSideBySide() {
        scan.register(100);
        CountDownLatch all = new CountDownLatch(PartitionScan.SEGMENTS);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        fixture.catalog.forEachPartitionInSegments(FLIGHTS, partition -> {
            if (threads.add(Thread.currentThread())) {
                all.countDown();
                await(all);
            }
        });

        assertThat(threads).hasSize(PartitionScan.SEGMENTS);
    }

    @Test
    void burstOfThrottlingOnOneSegmentIsOutlasted() {
        scan.register(100);
        fixture.glue
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("7/10"))
                .first(4)
                .then(Fault.throttling());

        fixture.once.forEachPartitionInSegments(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThat(scan.requests()).hasSize(14);
    }

    @Test
    void segmentThatIsCutShortIsAskedForAgain() {
        scan.register(100);
        fixture.glue.scanAtMost(20).faults().on("GetPartitions").nth(13).thenTruncate();

        fixture.once.forEachPartitionInSegments(FLIGHTS, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    /** Nine of ten segments look like a whole table. */
    @Test
    void segmentThatFailsFailsAll() {
        scan.register(100);
        fixture.glue
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("7/10"))
                .then(Fault.throttling());

        assertThatThrownBy(() -> fixture.once.forEachPartitionInSegments(FLIGHTS, seen::add))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll("table analytics.flights", "ThrottlingException");
    }

    @Test
    void failureOfTheConsumerEndsAllSegmentsBeforeItIsThrown() {
        scan.register(100);
        IllegalStateException full = new IllegalStateException("disk full");
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean failed = new AtomicBoolean();
        AtomicInteger running = new AtomicInteger();

        assertThatThrownBy(() -> fixture.catalog.forEachPartitionInSegments(FLIGHTS, partition -> {
                    running.incrementAndGet();
                    try {
                        if (failed.compareAndSet(false, true)) {
                            throw full;
                        }
                        await(never);
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .isSameAs(full);
        assertThat(running).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
