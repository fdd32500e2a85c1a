package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of partitions that a pass processed successfully but could not register; the next pass only registers
 * them.
 */
public record UnregisteredResults(ObjectStore store, String key) {

    /** The results come from different batches. */
    private static final int NO_BATCH = -1;

    /** Writes the results, if there are any. */
    public void write(List<PartitionResult.Processed> results) {
        if (!results.isEmpty()) {
            store.put(key, Json.text(new BatchResult(NO_BATCH, List.copyOf(results))));
        }
    }

    /**
     * The stored results whose partitions the report of the pass lists as outstanding: an invocation may have died
     * between writing the results and the report.
     */
    public List<PartitionResult.Processed> read(RunReport ofPass) {
        Set<Partition> outstanding = ofPass.failures().stream()
                .map(RunReport.Outstanding::toPartition)
                .collect(Collectors.toSet());
        return store.document(key, BatchResult.class).map(BatchResult::partitions).orElse(List.of()).stream()
                .filter(PartitionResult.Processed.class::isInstance)
                .map(PartitionResult.Processed.class::cast)
                .filter(result -> outstanding.contains(result.partition()))
                .toList();
    }
}
