package io.fanin.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkersTest {

    @ParameterizedTest
    @EnumSource
    void answersComeInTheOrderOfTheQuestions(Workers workers) {
        List<Integer> answers = new ArrayList<>();

        try (ExecutorService crew = workers.open(4)) {
            List<Future<Integer>> asked = IntStream.range(0, 100)
                    .mapToObj(number -> crew.submit(() -> number * number))
                    .toList();
            asked.forEach(one -> answers.add(Workers.await(one)));
        }

        assertThat(answers)
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .map(number -> number * number)
                        .boxed()
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void failureIsThrownAsItWas(Workers workers) {
        IllegalArgumentException failure = new IllegalArgumentException("broken");
        StackOverflowError error = new StackOverflowError("deep");
        IOException declared = new IOException("disk");

        try (ExecutorService crew = workers.open(1)) {
            assertThatThrownBy(() -> Workers.await(crew.submit(() -> fail(failure))))
                    .isSameAs(failure);
            assertThatThrownBy(() -> Workers.await(crew.submit(() -> fail(error))))
                    .isSameAs(error);
            assertThatThrownBy(() -> Workers.await(crew.submit(() -> fail(declared))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(declared);
        }
    }

    @Test
    void threadsWorkSideBySide() {
        CountDownLatch together = new CountDownLatch(3);

        try (ExecutorService crew = Workers.THREADS.open(3)) {
            List<Future<Boolean>> all = IntStream.range(0, 3)
                    .mapToObj(number -> crew.submit(() -> {
                        together.countDown();
                        together.await();
                        return true;
                    }))
                    .toList();

            assertThat(all).allSatisfy(one -> assertThat(Workers.await(one)).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void callerDoesWhatMayNotWait(Workers workers) {
        CountDownLatch blocked = new CountDownLatch(workers == Workers.THREADS ? 1 : 0);
        List<Thread> doers = Collections.synchronizedList(new ArrayList<>());

        try (ExecutorService crew = workers.open(1, 1)) {
            Future<Boolean> busy = crew.submit(() -> {
                blocked.await();
                return true;
            });
            crew.execute(() -> doers.add(Thread.currentThread()));
            crew.execute(() -> doers.add(Thread.currentThread()));
            assertThat(doers).contains(Thread.currentThread());
            blocked.countDown();
            assertThat(Workers.await(busy)).isTrue();
        }

        assertThat(doers).hasSize(2);
    }

    @Test
    void callerDoesAllOfItInOrder() {
        List<Integer> done = new ArrayList<>();
        ExecutorService crew = Workers.CALLER.open(8);

        crew.execute(() -> {
            crew.execute(() -> done.add(1));
            done.add(2);
        });
        crew.execute(() -> done.add(3));

        assertThat(done).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    void nothingMayBeAskedForAfterTheEnd(Workers workers) {
        ExecutorService crew = workers.open(1);
        crew.close();

        assertThatThrownBy(() -> crew.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void interruptedCallerIsToldSo() {
        try (ExecutorService crew = Workers.THREADS.open(1)) {
            CountDownLatch never = new CountDownLatch(1);
            Future<Boolean> endless = crew.submit(() -> {
                never.await();
                return true;
            });
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> Workers.await(endless))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interrupted");

            assertThat(Thread.interrupted()).isTrue();
            crew.shutdownNow();
        }
    }

    private static Object fail(Throwable failure) throws IOException {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case IOException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
