package io.fanin.detector.detect;

import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.UnverifiedPartitions;
import io.fanin.detector.source.SourceWalk;
import io.fanin.model.partition.PartitionTime;
import java.time.LocalDateTime;

/**
 * Partitions in S3 without those registered in Glue, if their period begins at or after a time, and earlier failures
 * that are not registered yet.
 *
 * @param first inclusive
 */
record WindowDetection(
        LocalDateTime first,
        SourceWalk walk,
        CatalogPartitions catalog,
        PublishedTableState published,
        UnverifiedPartitions unverified,
        PartitionSelector selection)
        implements Detection {

    @Override
    public DetectionResult detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(published.forms())) {
            walk.from(first, observations::add);
            if (unverified.needsWholeCatalog()) {
                PartitionTime time = new PartitionTime(published.keys());
                catalog.forEachInSegments(partition -> {
                    unverified.take(partition);
                    if (time.of(partition.values()).filter(first::isAfter).isEmpty()) {
                        observations.add(partition);
                    }
                });
            } else {
                catalog.forEachFrom(unverified.countedFrom(first), partition -> {
                    unverified.take(partition);
                    observations.add(partition);
                });
            }
            return selection.select(observations.iterator());
        }
    }
}
