package io.fanin.processor;

import static io.fanin.processor.ProcessorFixture.LAKE;
import static io.fanin.processor.ProcessorFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Batch;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.records.scratch.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time at which a batch begins, and which partition a timeout counts against. */
class BatchTimeTest {

    private static final int FUNCTION = 900_000;

    private final ProcessorFixture fixture = new ProcessorFixture();
    private final AtomicLong left = new AtomicLong(FUNCTION);

    @BeforeEach
    void putObjects() {
        fixture.writeSpec(DataFormat.JSON, CsvOptions.DEFAULT);
        fixture.s3.put(LAKE, hour(0).prefix() + "a.json", "{}\n").put(LAKE, hour(1).prefix() + "a.json", "{}\n");
    }

    private void whenRead(int hour, Runnable then) {
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(hour(hour).prefix() + "a.json"))
                .thenRun(then);
    }

    /** Of two results the one read later counts. The time recorded is that before anything was read. */
    @Test
    void resultSaysWhenItsBatchBegan() {
        Instant began = fixture.clock.instant();
        whenRead(0, () -> fixture.clock.advance(Duration.ofMinutes(1)));
        Batch batch = new Batch(0, List.of(hour(0), hour(1)));

        fixture.process(batch, new Deadline(left::get));
        assertThat(fixture.result(0).began()).hasValue(began);
        fixture.process(batch, new Deadline(left::get));

        assertThat(fixture.result(0).began()).hasValue(began.plus(Duration.ofMinutes(1)));
    }

    /** A partition is set aside after a number of failed attempts. */
    @ParameterizedTest(name = "after others for {0} s it is an attempt: {1}")
    @CsvSource({"0, true", "200, true", "500, false"})
    void partitionThatIsLateAfterOthersIsNotToBlame(int others, boolean isAttempt) {
        whenRead(0, () -> left.addAndGet(-1000L * others));
        whenRead(1, () -> left.set(0));

        fixture.process(new Batch(0, List.of(hour(0), hour(1))), new Deadline(left::get));

        assertThat(fixture.failed(0, 1).failure().error()).isEqualTo(FailureCode.DEADLINE_EXCEEDED.word());
        assertThat(fixture.failed(0, 1).failure().external()).isNotEqualTo(isAttempt);
    }

    /**
     * The first attempt ends with a broken connection after these seconds; the second one takes all the time that is
     * left.
     */
    @ParameterizedTest(name = "after a service for {0} s it is an attempt: {1}")
    @CsvSource({"200, true", "500, false"})
    void timeThatAServiceHasTakenIsTheServices(int service, boolean isAttempt) {
        AtomicInteger reads = new AtomicInteger();
        whenRead(0, () -> left.addAndGet(-1000L * (reads.getAndIncrement() == 0 ? service : FUNCTION)));
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("a.json") && reads.get() <= 1)
                .thenTruncate();

        fixture.process(new Batch(0, List.of(hour(0))), new Deadline(left::get));

        assertThat(fixture.failed(0, 0).failure().error().equals(FailureCode.DEADLINE_EXCEEDED.word()))
                .isEqualTo(isAttempt);
        assertThat(fixture.failed(0, 0).failure().external()).isNotEqualTo(isAttempt);
        assertThat(reads).hasValue(2);
    }
}
