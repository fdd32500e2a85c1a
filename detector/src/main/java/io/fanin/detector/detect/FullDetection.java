package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.history.RegisteredPeriods;
import io.fanin.detector.select.Detected;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.PublishedTableState;
import io.fanin.detector.source.SourceWalk;
import io.fanin.detector.walk.PrefixWalk;
import java.util.Optional;

/**
 * All partitions in S3 compared with all registered in Glue, both read in parallel.
 *
 * @param folders walks the table's own folder, where data arrives elsewhere and that folder is checked too
 */
record FullDetection(
        Optional<CatalogTable> table,
        SourceWalk walk,
        Optional<PrefixWalk> folders,
        GlueCatalog catalog,
        PublishedTableState published,
        PartitionSelector selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                ObservedPartitions observations = folders.isPresent()
                        ? ObservedPartitions.withFolders(published.forms())
                        : new ObservedPartitions(published.forms())) {
            RegisteredPeriods registered = new RegisteredPeriods(published.keys());
            walk.all(observations::add);
            folders.ifPresent(own -> own.walk(observations::addFolder));
            table.ifPresent(known -> catalog.forEachPartitionInSegments(known.name(), partition -> {
                registered.add(partition.values());
                observations.add(partition);
            }));
            return selection.select(observations.iterator(), Optional.empty()).with(registered);
        }
    }
}
