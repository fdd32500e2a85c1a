package io.fanin.core.catalog.client;

import static io.fanin.core.catalog.client.CatalogFixture.refused;
import static io.fanin.core.catalog.client.CatalogFixture.registered;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Concurrent batches: a failure of one does not affect the others. */
class ParallelRegistrationTest {

    private static final String CREATE = "BatchCreatePartition";
    private static final int EIGHT = 8;

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final GlueCatalog catalog = new GlueCatalog(
            fixture.glue.client(DefaultRetryStrategy.doNotRetry()), fixture.waits::add, Workers.THREADS, EIGHT);

    @Test
    void asManyBatchesAreUnderWayAsTheCatalogIsTold() {
        CountDownLatch together = new CountDownLatch(EIGHT);
        fixture.glue.faults().hook(this::count).on(CREATE).first(EIGHT).thenRun(() -> {
            together.countDown();
            await(together);
        });

        assertThat(registered(catalog.register(table, registrations(2_000)))).hasSize(2_000);

        assertThat(together.getCount()).isZero();
        assertThat(most.get()).isEqualTo(EIGHT);
    }

    @Test
    void throttledBatchAmongOthersIsSentAgainAlone() {
        fixture.glue.faults().on(CREATE).nth(3).then(Fault.throttling());

        RegistrationReport report = catalog.register(table, registrations(1_000));

        assertThat(registered(report)).hasSize(1_000);
        assertThat(fixture.registeredCount()).isEqualTo(1_000);
        assertThat(fixture.glue.log().count(CREATE)).isEqualTo(11);
        assertThat(fixture.waits).hasSize(1);
    }

    /** Each round a quarter gets through: five rounds would leave a fifth of ten thousand behind. */
    @Test
    void glueThatThrottlesMostGetsAllInTheEnd() {
        AtomicInteger calls = new AtomicInteger();
        fixture.glue
                .faults()
                .on(CREATE)
                .where(call -> calls.incrementAndGet() % 4 != 0)
                .then(Fault.throttling());

        RegistrationReport report = catalog.register(table, registrations(10_000));

        assertThat(refused(report)).isEmpty();
        assertThat(fixture.registeredCount()).isEqualTo(10_000);
        assertThat(fixture.waits).hasSizeBetween(6, 19).allMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) < 0);
    }

    @Test
    void deniedBatchAmongOthersEndsAllThatHasNotBegun() {
        fixture.glue.faults().on(CREATE).nth(2).thenFail(400, "AccessDeniedException", "User is not authorized");

        assertThatThrownBy(() -> catalog.register(table, registrations(10_000)))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContaining("glue:BatchCreatePartition");

        int sent = fixture.glue.log().count(CREATE);
        assertThat(sent).isLessThan(100);
        assertThat(fixture.registeredCount()).isEqualTo(100 * (sent - 1));
    }

    @Test
    void readsAreSideBySideToo() {
        catalog.register(table, registrations(3_000));
        CountDownLatch together = new CountDownLatch(3);
        fixture.glue.faults().on("BatchGetPartition").first(3).thenRun(() -> {
            together.countDown();
            await(together);
        });

        assertThat(catalog.find(
                        CatalogFixture.DEFINITION,
                        registrations(3_000).stream().map(one -> one.values()).toList()))
                .hasSize(3_000);

        assertThat(together.getCount()).isZero();
    }

    private Optional<Fault> count(Moment moment, Call call) {
        if (call.operation().equals(CREATE)) {
            int now = moment == Moment.BEFORE ? underWay.incrementAndGet() : underWay.decrementAndGet();
            most.accumulateAndGet(now, Math::max);
        }
        return Optional.empty();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the others are not under way");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
