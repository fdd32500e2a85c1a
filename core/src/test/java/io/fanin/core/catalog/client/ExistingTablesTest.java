package io.fanin.core.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import io.fanin.fakes.FakeGlue;
import io.fanin.model.table.TableName;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExistingTablesTest {

    private final FakeGlue glue = new FakeGlue().createDatabase("analytics");
    private final ExistingTables tables =
            new ExistingTables(new GlueCatalog(glue.client(), duration -> {}), Workers.THREADS);

    /** Where nothing answers, each look takes as long as a connection may. */
    @Test
    void noOtherTableIsLookedAtAfterAFailure() {
        List<TableName> names = IntStream.range(0, 400)
                .mapToObj(i -> new TableName("analytics", "t" + i))
                .toList();
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> tables.each(names, (name, listed) -> {
                    looks.incrementAndGet();
                    if (!name.equals(names.get(3))) {
                        await(never);
                    }
                    throw new UncheckedIOException(new UnknownHostException("s3"));
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(looks.get()).isLessThan(10);
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
