package io.fanin.detector.detect;

import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.UnverifiedPartitions;
import io.fanin.detector.source.SourceWalk;

/** All partitions in S3 without those registered in Glue, and earlier failures that are not registered yet. */
record ListDetection(
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
            walk.all(observations::add);
            catalog.forEach(partition -> {
                unverified.take(partition);
                observations.add(partition);
            });
            return selection.select(observations.iterator());
        }
    }
}
