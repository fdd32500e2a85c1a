package io.fanin.processor;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.SourceObjects;
import java.util.List;
import java.util.OptionalLong;

/**
 * Records two inventories before a Glue job runs: that of a partition's raw data, so that later objects make the
 * partition late, and that of its own folder (as {@code written}), so that a job which changes nothing there is
 * noticed. Partitions without raw data are not given to the job.
 */
final class SourceInventory implements PartitionWork {

    private final ResolvedSpec spec;
    private final ProcessorServices services;
    private final ObjectSource table;

    /** @param prefixes of the partitions, in the order in which they are processed */
    SourceInventory(ResolvedSpec spec, List<String> prefixes, ProcessorServices services) {
        this.spec = spec;
        this.services = services;
        this.table = services.objectsOfBucket()
                .apply(spec.definition().location().bucket())
                .inTurn(prefixes);
    }

    @Override
    public PartitionResult process(Partition partition) {
        RawFolder folder = RawFolder.of(spec, services, partition);
        SourceObjects.FolderInventory raw = folder.sum();
        if (raw.inventory().files() == 0) {
            return folder.without(raw.empty());
        }
        return new PartitionResult.Processed(partition, raw.inventory(), OptionalLong.empty())
                .writing(SourceObjects.FolderInventory.of(table, partition.prefix())
                        .inventory());
    }

    /** Whether the partition has raw data for the job. */
    static boolean isForTheJob(PartitionResult look) {
        return look instanceof PartitionResult.Processed seen
                && seen.inventory().files() > 0;
    }
}
