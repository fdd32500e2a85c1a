package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The processor's result object: one entry for each partition of its batch, in the batch's order.
 *
 * @param millis that the processor took for the whole batch; absent if not measured
 * @param usage including the writing of the result; absent if not measured
 * @param began a time after which the data was read; absent if not known
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BatchResult(
        int batch,
        List<PartitionResult> partitions,
        OptionalLong millis,
        Optional<Usage> usage,
        Optional<Instant> began) {

    public BatchResult {
        partitions = List.copyOf(partitions);
        began = began == null ? Optional.empty() : began;
    }

    /** A result without measured time and usage. */
    public BatchResult(int batch, List<PartitionResult> partitions) {
        this(batch, partitions, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** The same result, for which the processor took this time. */
    public BatchResult taking(Duration time) {
        return new BatchResult(batch, partitions, OptionalLong.of(time.toMillis()), usage, began);
    }

    /** The same result, for which the processor used this. */
    public BatchResult using(Usage usage) {
        return new BatchResult(batch, partitions, millis, Optional.of(usage), began);
    }

    /** The same result, of data that was read after this time. */
    public BatchResult begunAt(Instant moment) {
        return new BatchResult(batch, partitions, millis, usage, Optional.of(moment));
    }

    /** The same result, of data that was read when another one was. */
    public BatchResult begunWith(BatchResult other) {
        return new BatchResult(batch, partitions, millis, usage, other.began);
    }

    public Receipt receipt() {
        int failed = (int) partitions.stream()
                .filter(PartitionResult.Failed.class::isInstance)
                .count();
        return new Receipt.Processed(batch, partitions.size() - failed, failed);
    }
}
