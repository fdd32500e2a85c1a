package io.fanin.processor;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.records.objects.SourceObjects;
import java.util.OptionalLong;

/**
 * Records a partition's raw data before a Glue job reads it, so that objects which arrive later make the partition
 * late. Partitions without raw data are not given to the job.
 */
record SourceInventory(ResolvedSpec spec, ProcessorServices tools) implements PartitionWork {

    @Override
    public PartitionResult process(Partition partition) {
        RawFolder folder = RawFolder.of(spec, tools, partition);
        SourceObjects raw = folder.objects();
        return raw.objects().isEmpty()
                ? folder.without(raw)
                : new PartitionResult.Processed(partition, raw.inventory(), OptionalLong.empty());
    }

    /** Whether the partition has raw data for the job. */
    static boolean isForTheJob(PartitionResult look) {
        return look instanceof PartitionResult.Processed seen
                && seen.inventory().files() > 0;
    }
}
