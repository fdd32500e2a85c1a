package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.detector.select.Detected;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.PublishedTableState;
import io.fanin.detector.source.SourceWalk;
import io.fanin.model.table.TableDefinition;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Partitions in S3 without those registered in Glue, and earlier failures that are not registered yet.
 *
 * @param from earlier periods are not listed; empty where everything is
 */
record ListDetection(
        TableDefinition definition,
        Optional<CatalogTable> table,
        Optional<LocalDateTime> from,
        SourceWalk walk,
        GlueCatalog catalog,
        PublishedTableState published,
        PartitionSelector selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(published.forms())) {
            if (from.isPresent()) {
                walk.from(from.get(), observations::add);
                table.ifPresent(known ->
                        catalog.forEachPartitionFrom(known.name(), definition.keys(), from.get(), observations::add));
            } else {
                walk.all(observations::add);
                table.ifPresent(known -> catalog.forEachPartition(known.name(), observations::add));
            }
            return selection.select(observations.iterator(), from);
        }
    }
}
