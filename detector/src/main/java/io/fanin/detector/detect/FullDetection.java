package io.fanin.detector.detect;

import io.fanin.core.history.RegisteredPeriods;
import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.UnverifiedPartitions;
import io.fanin.detector.source.SourceWalk;
import io.fanin.detector.walk.PrefixWalk;
import java.util.Optional;

/**
 * All partitions in S3 compared with all registered ones in Glue, both read in parallel.
 *
 * @param ownFolder walks the table's own folder
 * @param walksOwnFolder whether data arrives elsewhere, and that folder is checked too
 */
record FullDetection(
        SourceWalk walk,
        PrefixWalk ownFolder,
        boolean walksOwnFolder,
        CatalogPartitions catalog,
        PublishedTableState published,
        UnverifiedPartitions unverified,
        PartitionSelector selection)
        implements Detection {

    @Override
    public DetectionResult detect() {
        try (selection;
                ObservedPartitions observations = walksOwnFolder
                        ? ObservedPartitions.withFolders(published.forms())
                        : new ObservedPartitions(published.forms())) {
            Optional<RegisteredPeriods> registered = RegisteredPeriods.of(published.keys());
            walk.all(observations::add);
            if (walksOwnFolder) {
                ownFolder.walk(observations::addFolder);
            }
            catalog.forEachInSegments(partition -> {
                registered.ifPresent(periods -> periods.add(partition.values()));
                unverified.take(partition);
                observations.add(partition);
            });
            DetectionResult detected = selection.select(observations.iterator());
            return registered.map(detected::with).orElse(detected);
        }
    }
}
