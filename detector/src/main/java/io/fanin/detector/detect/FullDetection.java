package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.detector.select.Detected;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.TableStanding;
import io.fanin.detector.source.SourceWalk;
import java.util.Optional;

/** All that exists in S3 compared with all that is registered in Glue, both read in parallel. */
record FullDetection(
        Optional<CatalogTable> table,
        SourceWalk walk,
        GlueCatalog catalog,
        TableStanding standing,
        PartitionSelector selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(standing.forms())) {
            walk.all(observations::add);
            table.ifPresent(known -> catalog.forEachPartitionInSegments(known.name(), observations::add));
            return selection.select(observations.iterator(), Optional.empty());
        }
    }
}
