package io.fanin.processor;

import io.fanin.core.inventory.Emptiness;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The processor {@code register}: lists the objects of the partition without reading them. */
final class RegisterWork implements PartitionWork {

    private final ObjectSource source;
    private final EmptyPartition empty;

    /** @param prefixes of the partitions, in the order in which they are processed */
    RegisterWork(ResolvedSpec spec, List<String> prefixes, ProcessorServices services) {
        this.source = TableObjects.of(spec, prefixes, services);
        this.empty = new EmptyPartition(spec);
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        return switch (PartitionValidation.ofAnyFormat(source).validate(partition.prefix())) {
            case PartitionReport.Sound sound
            when sound.inventory().bytes() == 0 -> withoutBytes(partition, sound.inventory());
            case PartitionReport.Sound sound ->
                new PartitionResult.Processed(partition, sound.inventory(), OptionalLong.empty());
            case PartitionReport.Empty none -> empty.result(partition, none.what(), none.message());
        };
    }

    private PartitionResult withoutBytes(Partition partition, Inventory inventory) {
        String message = "partition %s holds no data: its objects (%d) are all of zero bytes; write it again"
                .formatted(Printable.key(partition.prefix()), inventory.files());
        return empty.result(partition, Emptiness.NO_BYTES, inventory, message);
    }
}
