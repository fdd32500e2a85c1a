package io.fanin.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParallelRequestsTest {

    private static final int FOUR = 4;

    private static final List<Integer> NUMBERS =
            IntStream.range(0, 5 * FOUR).boxed().toList();

    @ParameterizedTest
    @EnumSource(Workers.class)
    void resultsComeInTheOrderOfTheWork(Workers workers) {
        assertThat(new ParallelRequests(workers, FOUR).each(NUMBERS, number -> 2 * number))
                .isEqualTo(NUMBERS.stream().map(number -> 2 * number).toList());
    }

    /** Each waits for three others to be under way; a fifth at the same time would be counted. */
    @Test
    void fourAreUnderWayAtATimeAndNoMore() {
        CyclicBarrier four = new CyclicBarrier(FOUR);
        AtomicInteger underWay = new AtomicInteger();

        List<Integer> together = new ParallelRequests(Workers.THREADS, FOUR).each(NUMBERS, number -> {
            int now = underWay.incrementAndGet();
            await(four);
            underWay.decrementAndGet();
            return now;
        });

        assertThat(together).allMatch(count -> count <= FOUR);
    }

    @ParameterizedTest
    @EnumSource(Workers.class)
    void whatHasNotBegunWhenOneFailsNeverDoes(Workers workers) {
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> new ParallelRequests(workers, FOUR).each(NUMBERS, number -> {
                    begun.incrementAndGet();
                    throw new CatalogException("denied");
                }))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessage("denied");

        assertThat(begun.get()).isBetween(1, FOUR);
    }

    @Test
    void oneIsUnderWayAtLeast() {
        assertThat(Stream.iterate(new ParallelRequests(Workers.THREADS, 5), ParallelRequests::slower)
                        .limit(4)
                        .map(ParallelRequests::atMost))
                .containsExactly(5, 2, 1, 1);
        assertThatThrownBy(() -> new ParallelRequests(Workers.THREADS, 0)).hasMessageContaining("expected 1 or more");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
