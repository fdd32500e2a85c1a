package io.fanin.tablecreator.registration;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.model.spec.ResolvedSpec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a warning, once in a run, if a table lacks a partition index of its spec. Existing tables are not given indexes.
 */
public record IndexCheck(GlueCatalog catalog) {

    private static final Logger LOG = LoggerFactory.getLogger(IndexCheck.class);

    /** Never throws: a missing index affects speed, not results. */
    public void check(ResolvedSpec spec) {
        try {
            List<List<String>> missing = catalog.missingIndexes(spec.tableName(), spec.partitionIndexes());
            missing.forEach(index -> LOG.warn(
                    "table {} has no partition index on {}, which its spec asks for: it was there before, and is not"
                            + " altered. Add the index in Glue, or leave it out of $.partitionIndexes",
                    spec.tableName(),
                    index));
        } catch (CatalogException e) {
            LOG.warn("the partition indexes of table {} are not known: {}", spec.tableName(), e.getMessage());
        }
    }
}
