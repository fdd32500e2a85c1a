package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.select.RegisteredLookup;
import io.fanin.detector.select.TableSnapshot;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableDefinition;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The registered partitions of a table; none, without a request, of a table that the catalog does not have.
 *
 * @param exists whether the catalog has the table
 */
record CatalogPartitions(GlueCatalog catalog, TableDefinition table, boolean exists) implements RegisteredLookup {

    static CatalogPartitions of(TableSnapshot snapshot, GlueCatalog catalog) {
        return new CatalogPartitions(
                catalog, snapshot.spec().definition(), snapshot.table().isPresent());
    }

    @Override
    public Map<PartitionValues, RegisteredPartition> find(Collection<PartitionValues> values) {
        return exists && !values.isEmpty() ? catalog.find(table.name(), table.keys(), values) : Map.of();
    }

    void forEach(Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartition(table.name(), consumer);
        }
    }

    /**
     * Gives at least those to the consumer whose period begins at a moment or later.
     *
     * @param first inclusive
     */
    void forEachFrom(LocalDateTime first, Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartitionFrom(table.name(), table.keys(), first, consumer);
        }
    }

    /** Like {@link #forEach}, faster; the consumer has to be thread-safe. */
    void forEachInSegments(Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartitionInSegments(table.name(), consumer);
        }
    }
}
