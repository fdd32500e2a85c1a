package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;

class PartitionScanTest {

    private static final List<PartitionKey> KEYS = CatalogFixture.DEFINITION.keys();
    private static final LocalDateTime MIDDAY = LocalDateTime.of(2013, 2, 8, 12, 0);

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();
    private final List<RegisteredPartition> seen = Collections.synchronizedList(new ArrayList<>());

    private void register(int count) {
        fixture.catalog.register(table, registrations(count));
        fixture.glue.log().reset();
    }

    private List<Call> requests() {
        return fixture.glue.log().calls("GetPartitions");
    }

    @Nested
    class InOneSequence {

        @Test
        void everyPartitionIsGivenWithItsLocationAndParameters() {
            register(5);

            fixture.catalog.forEachPartition(FLIGHTS, seen::add);

            assertThat(seen)
                    .hasSize(5)
                    .contains(new RegisteredPartition(
                            hour(3), Optional.of(registration(3).locationUri()), Map.of("fanin.objects", "3")));
            assertThat(requests())
                    .singleElement()
                    .satisfies(call -> assertThat(call.facts())
                            .isEqualTo(Map.of(
                                    "DatabaseName", "analytics",
                                    "TableName", "flights",
                                    "ExcludeColumnSchema", "true",
                                    "MaxResults", "1000")));
        }

        @Test
        void failedPageIsAskedForAgainAndNoPartitionIsGivenTwice() {
            register(5);
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
            register(5);
            fixture.glue.scanAtMost(2).faults().on("GetPartitions").nth(2).thenTruncate();

            fixture.once.forEachPartition(FLIGHTS, seen::add);

            assertThat(seen)
                    .extracting(RegisteredPartition::values)
                    .doesNotHaveDuplicates()
                    .hasSize(5);
        }

        @Test
        void tableThatVanishesMeanwhileIsNamed() {
            register(5);
            fixture.glue
                    .scanAtMost(2)
                    .faults()
                    .on("GetPartitions")
                    .nth(2)
                    .thenFail(400, "EntityNotFoundException", "gone");

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
            assertThat(requests()).hasSize(5);
            assertThat(fixture.waits).hasSize(4);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3})
        @Timeout(30)
        void tokensThatRepeatFailInsteadOfGoingRoundForEver(int distinct) {
            register(5);
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
            assertThat(requests()).hasSize(distinct + 1);
        }

        /** One that the service reads: the place of the partition of this hour. */
        private String token(int hour) {
            String place = String.join("\0", hour(hour).values());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Nested
    class OfAWindow {

        @Test
        void takesOneRequest() {
            register(24);
            fixture.glue.putPartition("analytics", "flights", List.of("2013-02-07", "23"), "s3://lake/old/");

            fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

            assertThat(seen).extracting(RegisteredPartition::values).hasSize(24).contains(hour(23), hour(0));
            assertThat(requests())
                    .singleElement()
                    .satisfies(call -> assertThat(call.facts())
                            .isEqualTo(Map.of(
                                    "DatabaseName", "analytics",
                                    "TableName", "flights",
                                    "Expression", "dt >= '2013-02-08'",
                                    "ExcludeColumnSchema", "true",
                                    "MaxResults", "1000")));
        }

        /** Glue may answer an empty page with a token: ending there would call registered partitions new. */
        @Test
        void emptyPageIsNotTheLastOne() {
            register(1);
            List.of("2013-02-05", "2013-02-06", "2013-02-07")
                    .forEach(day -> fixture.glue.putPartition(
                            "analytics", "flights", List.of(day, "1"), "s3://lake/" + day + "/"));
            fixture.glue.scanAtMost(1);

            fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

            assertThat(seen).extracting(RegisteredPartition::values).containsExactly(hour(0));
            assertThat(requests())
                    .hasSize(4)
                    .allMatch(call -> call.fact("Expression").equals("dt >= '2013-02-08'"));
        }

        @Test
        void keysThatTellNoTimeHaveNoWindow() {
            register(3);

            fixture.catalog.forEachPartitionFrom(FLIGHTS, List.of(KEYS.getLast()), MIDDAY, seen::add);

            assertThat(seen).hasSize(3);
            assertThat(requests())
                    .singleElement()
                    .satisfies(call -> assertThat(call.facts()).doesNotContainKey("Expression"));
        }

        /** What Glue says of a reserved word, of a null among dates, and of what its own checks refuse. */
        @ParameterizedTest
        @ValueSource(strings = {"InvalidInputException", "InvalidStateException", "ValidationException"})
        void refusedExpressionIsLeftOut(String code) {
            register(3);
            fixture.glue
                    .faults()
                    .on("GetPartitions")
                    .where(call -> call.facts().containsKey("Expression"))
                    .thenFail(400, code, "Unsupported expression");

            fixture.once.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

            assertThat(seen).hasSize(3);
            assertThat(requests()).hasSize(2);
            assertThat(fixture.waits).isEmpty();
        }

        /** A date that is none is met only on the page that it would be on. */
        @Test
        void partitionsBeforeTheRefusalAreNotGivenTwice() {
            register(4);
            fixture.glue
                    .putPartition("analytics", "flights", List.of("2013-02-07", "1"), "s3://lake/old/")
                    .putPartition("analytics", "flights", List.of(PartitionValues.HIVE_DEFAULT, "1"), "s3://lake/null/")
                    .scanAtMost(2);

            fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

            assertThat(seen)
                    .extracting(RegisteredPartition::values)
                    .containsExactlyInAnyOrder(
                            hour(0),
                            hour(1),
                            hour(2),
                            hour(3),
                            PartitionValues.of("2013-02-07", "1"),
                            PartitionValues.of(PartitionValues.HIVE_DEFAULT, "1"));
            assertThat(requests())
                    .extracting(call -> call.facts().containsKey("Expression"))
                    .contains(true, false);
        }

        @Test
        void requestThatIsRefusedWithoutAnExpressionFails() {
            fixture.glue.faults().on("GetPartitions").thenFail(400, "InvalidInputException", "no such region");

            assertThatThrownBy(() -> fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add))
                    .isExactlyInstanceOf(CatalogException.class)
                    .hasMessageContainingAll("table analytics.flights", "no such region");
        }

        @Test
        void deniedAccessIsNoRefusalOfTheExpression() {
            fixture.glue.faults().on("GetPartitions").thenFail(400, "AccessDeniedException", "no");

            assertThatThrownBy(() -> fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add))
                    .hasMessageContaining("IAM denies it");
            assertThat(requests()).hasSize(1);
        }
    }

    @Nested
    @Timeout(30)
    class InSegments {

        @Test
        void everyPartitionIsGivenOnceWithoutItsColumns() {
            register(100);

            fixture.catalog.forEachPartitionInSegments(FLIGHTS, seen::add);

            assertThat(seen)
                    .extracting(RegisteredPartition::values)
                    .doesNotHaveDuplicates()
                    .hasSize(100);
            assertThat(requests())
                    .hasSize(10)
                    .allMatch(call -> call.fact("ExcludeColumnSchema").equals("true"))
                    .extracting(call -> call.fact("Segment"))
                    .containsExactlyInAnyOrder(
                            "0/10", "1/10", "2/10", "3/10", "4/10", "5/10", "6/10", "7/10", "8/10", "9/10");
        }

        @Test
        void consumerIsCalledBySegmentsSideBySide() {
            register(100);
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
            register(100);
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
            assertThat(requests()).hasSize(14);
        }

        @Test
        void segmentThatIsCutShortIsAskedForAgain() {
            register(100);
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
            register(100);
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
            register(100);
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
}
