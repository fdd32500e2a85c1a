package io.fanin.core.run;

import java.util.List;

/** The processor's result object: one entry for each partition of its batch, in the batch's order. */
public record BatchResult(int batch, List<PartitionResult> partitions) {

    public BatchResult {
        partitions = List.copyOf(partitions);
    }

    public Receipt receipt() {
        int failed = (int) partitions.stream()
                .filter(PartitionResult.Failed.class::isInstance)
                .count();
        return new Receipt.Processed(batch, partitions.size() - failed, failed);
    }
}
