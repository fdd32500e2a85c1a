package io.fanin.processor;

import io.fanin.core.inventory.Emptiness;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.SourceObjects;

/** The folder with a partition's raw data. */
record RawFolder(
        ResolvedSpec spec, ProcessorServices services, Partition partition, S3Location location, ObjectSource source) {

    /** The folder of a partition whose manifest has a source prefix. */
    static RawFolder of(ResolvedSpec spec, ProcessorServices services, Partition partition) {
        String bucket = spec.source().orElseThrow().location().bucket();
        String prefix = prefix(partition);
        return new RawFolder(
                spec,
                services,
                partition,
                new S3Location(bucket, prefix),
                services.objectsOfBucket().apply(bucket));
    }

    /** Its present objects. */
    SourceObjects objects() {
        return SourceObjects.of(source, location.prefix());
    }

    /** The inventory of the present objects, without the objects themselves. */
    SourceObjects.FolderInventory sum() {
        return SourceObjects.FolderInventory.ofSource(source, location.prefix());
    }

    /**
     * The result for a partition without data. It is not registered as empty while files made from earlier data exist,
     * since queries would read those.
     */
    PartitionResult without(Emptiness none) {
        String message = "%s holds no data objects: expected raw data; write it, or wait for it"
                .formatted(LogSafe.of(location.uri()));
        PartitionResult result = new EmptyPartition(spec).result(partition, none, message);
        boolean isLeft = result instanceof PartitionResult.Processed
                && made().inventory().files() > 0;
        return isLeft
                ? new PartitionResult.Failed(
                        partition,
                        new Failure(
                                FailureCode.NO_OBJECTS,
                                message + "; " + LogSafe.of(partition.prefix())
                                        + " still holds what was made of earlier data: remove it, and the partition is"
                                        + " registered as empty; or waive it"))
                : result;
    }

    private SourceObjects.FolderInventory made() {
        return SourceObjects.FolderInventory.of(
                services.objectsOfBucket().apply(spec.definition().location().bucket()), partition.prefix());
    }

    /** The prefix of a partition's raw data, which the manifest must contain. */
    static String prefix(Partition partition) {
        return partition
                .source()
                .orElseThrow(() -> new IllegalStateException(
                        "the manifest does not say where the raw data of " + partition.prefix() + " lies"));
    }
}
