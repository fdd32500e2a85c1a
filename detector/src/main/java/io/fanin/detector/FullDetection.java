package io.fanin.detector;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import java.util.Optional;

/** All that exists in S3 compared with all that is registered in Glue, both read in parallel. */
record FullDetection(
        Optional<CatalogTable> table, IntakeWalk walk, GlueCatalog catalog, TableStanding standing, Selection selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                Sightings sightings = new Sightings(standing.forms())) {
            walk.all(sightings::add);
            table.ifPresent(known -> catalog.forEachPartitionInSegments(known.name(), sightings::add));
            return selection.select(sightings.iterator(), Optional.empty());
        }
    }
}
