package io.fanin.processor;

import io.fanin.core.partition.Partition;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.OneLine;
import io.fanin.processor.convert.ConversionReport;
import io.fanin.processor.custom.SourceObjects;
import io.fanin.processor.validate.ObjectSource;

/** The folder with a partition's raw data. */
record RawFolder(TableSpec spec, Partition partition, S3Location location, ObjectSource source) {

    /**
     * A partition's.
     *
     * @throws IllegalStateException when the manifest does not say where it lies
     */
    static RawFolder of(TableSpec spec, ConversionTools tools, Partition partition) {
        String bucket = spec.sourceDefinition().orElseThrow().location().bucket();
        String prefix = ConvertWork.source(partition);
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
        return ConvertWork.without(
                spec,
                partition,
                new ConversionReport.NoData(
                        "%s holds no data objects: expected raw data; write it, or wait for it"
                                .formatted(OneLine.of(location.uri())),
                        none.nothingButFolderMarkers()));
    }
}
