package io.fanin.processor;

import io.fanin.core.failure.Causes;
import io.fanin.core.failure.FullDisk;
import io.fanin.core.failure.PassingFailure;
import io.fanin.core.retry.Backoff;
import io.fanin.core.s3.ObjectRefusedException;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.text.LogSafe;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Processes the partitions of a batch one after the other. A failure of one does not affect the others; transient
 * errors (a broken connection, throttling) are retried for that partition alone.
 *
 * <p>This includes {@link Error}: a stack overflow or an exhausted heap is over when the next partition begins, and a
 * missing class affects only the work that needs it. If the process itself dies, the state machine records the whole
 * batch as failed. A partition is therefore not begun if less time is left to the function than the longest partition
 * so far has taken: it fails with an external cause, and those before it have their results.
 *
 * @param deadline of the function
 * @param nanoTime like {@link System#nanoTime}
 * @param clock for the time after which data is read
 * @param samples whether failures keep the messages of unexpected exceptions, which may quote rows; the log never does
 */
record BatchProcessor(
        PartitionWork work,
        Deadline deadline,
        Backoff backoff,
        LongSupplier nanoTime,
        InstantSource clock,
        RowSamples samples) {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);
    private static final int ATTEMPTS = 3;

    /**
     * The addition to a refusal without S3's reason: a HEAD has none, nor has a long object refused before it was sent.
     */
    private static final String WITHOUT_REASON =
            "; S3 gave no reason: its role may lack s3:GetObject or s3:PutObject there (parameters DataBuckets and"
                    + " TargetBuckets), or the use of the bucket's key (DataKeys), which may be disabled, too";

    BatchResult process(Batch batch) {
        Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<PartitionResult> results = new ArrayList<>();
        Duration time = deadline.left();
        Duration all = Duration.ZERO;
        Duration longest = Duration.ZERO;
        for (Partition partition : batch.partitions()) {
            if (!results.isEmpty() && deadline.left().compareTo(longest) < 0) {
                results.add(afterOthers(partition));
                continue;
            }
            long begin = nanoTime.getAsLong();
            results.add(process(partition, time));
            Duration taken = Duration.ofNanos(nanoTime.getAsLong() - begin);
            all = all.plus(taken);
            longest = taken.compareTo(longest) > 0 ? taken : longest;
        }
        return new BatchResult(batch.id(), results).taking(all).begunAt(began);
    }

    /** The failure of a partition that gets too little time after the others of its batch. */
    private static PartitionResult afterOthers(Partition partition) {
        return new PartitionResult.Failed(
                partition,
                new Failure(
                                FailureCode.DEADLINE_EXCEEDED,
                                "the function's time would not have been enough for this partition after the others of its batch:"
                                        + " redrive the execution, or raise the stack's parameter ProcessorMemory")
                        .notCounted());
    }

    /**
     * Processes a partition. A timeout counts as an attempt of the partition only if it had at least half of the
     * batch's time to itself: otherwise other partitions, or a service, have used the time up.
     *
     * @param time of the whole batch
     */
    private PartitionResult process(Partition partition, Duration time) {
        Optional<PartitionResult> before = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            boolean hasTime = deadline.left().multipliedBy(2).compareTo(time) >= 0;
            try {
                PartitionResult result = attempt(partition);
                return isOutOfTime(result) && !hasTime ? before.orElseGet(() -> afterOthers(partition)) : result;
            } catch (Exception | Error e) {
                // Custom processors that are not written in Java throw checked exceptions that no method declares.
                if (!isOfService(e) || (e instanceof IOException io && work.isOfData(io))) {
                    LOG.error("{} failed", LogSafe.of(partition.prefix()), RowSamples.logged(e));
                    return failed(partition, e, false);
                }
                LOG.warn(
                        "{}: attempt {} of {} failed",
                        LogSafe.of(partition.prefix()),
                        attempt,
                        ATTEMPTS,
                        RowSamples.logged(e));
                if (attempt == ATTEMPTS || FullDisk.isCauseOf(e) || ObjectRefusedException.isLackOfPermission(e)) {
                    return failed(partition, e, true);
                }
                before = Optional.of(failed(partition, e, true));
                backoff.pauseAfter(attempt);
            }
        }
    }

    private static boolean isOutOfTime(PartitionResult result) {
        return result instanceof PartitionResult.Failed failed
                && failed.failure().error().equals(FailureCode.DEADLINE_EXCEEDED.word());
    }

    /** Whether S3, Glue or the network failed, and another attempt may succeed. */
    private static boolean isOfService(Throwable e) {
        return e instanceof IOException || e instanceof SdkException || e instanceof PassingFailure;
    }

    /**
     * A failure caused by the partition is a result and is not retried. An interrupt ends with the attempt: it would
     * fail the requests of all that runs in this thread later.
     */
    private PartitionResult attempt(Partition partition) throws IOException {
        try {
            return work.process(partition);
        } catch (ConversionException e) {
            return new PartitionResult.Failed(partition, new Failure(e.code(), e.getMessage()));
        } catch (ObjectDefectException e) {
            return new PartitionResult.Failed(partition, new Failure(e.code(), e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Thread.interrupted();
        }
    }

    /** @param external whether S3, Glue or the network caused the failure */
    private PartitionResult failed(Partition partition, Throwable e, boolean external) {
        return new PartitionResult.Failed(partition, failure(e, external));
    }

    private Failure failure(Throwable e, boolean external) {
        if (FullDisk.isCauseOf(e)) {
            return new Failure(
                    FailureCode.NO_SPACE,
                    "the function's disk is full (" + messageOf(e) + "): raise the stack's parameter ProcessorStorage");
        }
        if (ObjectRefusedException.isLackOfPermission(e)) {
            return new Failure(
                    FailureCode.ACCESS_DENIED,
                    "S3 refused the processor: " + messageOf(e)
                            + (ObjectRefusedException.isWithoutReason(e) ? WITHOUT_REASON : ""));
        }
        return new Failure(nameOf(e.getClass()), messageOf(e) + " (see the processor's log group)", external);
    }

    /** The name of the class; that of an anonymous class is its superclass's. */
    private static String nameOf(Class<?> failure) {
        return failure.isAnonymousClass() ? nameOf(failure.getSuperclass()) : failure.getSimpleName();
    }

    /** The message, unless it may quote a row. */
    private String withoutRows(Throwable e, String message) {
        return RowSamples.mayBeIn(e) ? samples.quoting(message) : message;
    }

    /** The first of a failure and its causes with a message of its own; the failure if none has one. */
    private static Throwable explaining(Throwable e) {
        return Causes.of(e).stream()
                .filter(BatchProcessor::explains)
                .findFirst()
                .orElse(e);
    }

    /** Whether the message says more than that there is a cause, which has none. */
    private static boolean explains(Throwable e) {
        Optional<String> message = Causes.messageOf(e);
        return message.isPresent()
                && Causes.of(e).stream()
                        .skip(1)
                        .limit(1)
                        .filter(cause -> Causes.messageOf(cause).isEmpty())
                        .noneMatch(
                                cause -> message.get().equals(cause.getClass().getName()));
    }

    private String messageOf(Throwable e) {
        Throwable first = explaining(e);
        String message = Causes.messageOf(first)
                .map(said -> Failure.quoted(
                        (first.equals(e) ? "" : nameOf(first.getClass()) + ": ") + withoutRows(first, said)))
                .orElse("no message");
        return e instanceof OutOfMemoryError
                ? "it needs more memory than the function has (" + message
                        + "): raise the stack's parameter ProcessorMemory, or make the partition smaller"
                : message;
    }
}
