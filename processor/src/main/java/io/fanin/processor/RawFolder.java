package io.fanin.processor;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.OneLine;
import io.fanin.processor.convert.ConversionReport;
import io.fanin.processor.custom.SourceObjects;
import io.fanin.processor.validate.ObjectSource;
import java.util.OptionalLong;

/** The folder with a partition's raw data. */
record RawFolder(TableSpec spec, Partition partition, S3Location location, ObjectSource source) {

    /**
     * A partition's.
     *
     * @throws IllegalStateException when the manifest does not say where it lies
     */
    static RawFolder of(TableSpec spec, ConversionTools tools, Partition partition) {
        String bucket = spec.sourceDefinition().orElseThrow().location().bucket();
        String prefix = prefix(partition);
        return new RawFolder(
                spec,
                partition,
                new S3Location(bucket, prefix),
                tools.objectsOfBucket().apply(bucket));
    }

    /** What lies there now. */
    SourceObjects objects() {
        return SourceObjects.of(source, location.prefix());
    }

    /** What becomes of the partition, since there is no data. */
    PartitionResult without(SourceObjects none) {
        return without(
                spec,
                partition,
                new ConversionReport.NoData(
                        "%s holds no data objects: expected raw data; write it, or wait for it"
                                .formatted(OneLine.of(location.uri())),
                        none.nothingButFolderMarkers()));
    }

    /**
     * Where a partition's raw data lies.
     *
     * @throws IllegalStateException when the manifest does not say
     */
    static String prefix(Partition partition) {
        return partition
                .source()
                .orElseThrow(() -> new IllegalStateException(
                        "the manifest does not say where the raw data of " + partition.prefix() + " lies"));
    }

    /** What becomes of a partition whose source holds no data. */
    static PartitionResult without(TableSpec spec, Partition partition, ConversionReport.NoData none) {
        if (spec.detectionOrDefault() instanceof DetectionSpec.Calendar) {
            return new PartitionResult.Processed(
                    partition, new InventorySum(partition.prefix()).sum(), OptionalLong.empty());
        }
        return none.nothingButFolderMarkers()
                ? new PartitionResult.Skipped(partition, none.message())
                : new PartitionResult.Failed(partition, new Failure("NoObjects", none.message()));
    }
}
