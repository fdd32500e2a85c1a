package io.fanin.processor;

import io.fanin.core.partition.Partition;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.Batch;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Processes the partitions of a batch one after the other. Whatever happens to one, the others have their turn; what may
 * pass (a broken connection, a service that throttles) is tried again for that partition alone.
 */
final class BatchProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    private static final int ATTEMPTS = 3;

    private final PartitionWork work;
    private final Backoff backoff;

    BatchProcessor(PartitionWork work, Backoff backoff) {
        this.work = work;
        this.backoff = backoff;
    }

    BatchResult process(Batch batch) {
        List<PartitionResult> results =
                batch.partitions().stream().map(this::process).toList();
        return new BatchResult(batch.id(), results);
    }

    private PartitionResult process(Partition partition) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.process(partition);
            } catch (IOException | UncheckedIOException | SdkException e) {
                LOG.warn("{}: attempt {} of {} failed", partition.prefix(), attempt, ATTEMPTS, e);
                if (attempt == ATTEMPTS) {
                    return failed(partition, e);
                }
                backoff.pauseAfter(attempt);
            } catch (RuntimeException e) {
                LOG.error("{} failed", partition.prefix(), e);
                return failed(partition, e);
            }
        }
    }

    private static PartitionResult failed(Partition partition, Exception e) {
        String message = e.getMessage() == null ? "no message" : e.getMessage();
        return new PartitionResult.Failed(
                partition, new Failure(e.getClass().getSimpleName(), message + " (see the processor's log group)"));
    }
}
