package io.fanin.detector.catalog;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableDefinition;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The registered partitions of a table; empty, without a request, if the table is not in the catalog.
 *
 * @param exists whether the table is in the catalog
 * @param foreign learns of those that are not asked for by their values
 */
public record CatalogPartitions(GlueCatalog catalog, TableDefinition table, boolean exists, ForeignPartitions foreign) {

    public static CatalogPartitions of(TableSnapshot snapshot, GlueCatalog catalog) {
        return new CatalogPartitions(
                catalog, snapshot.spec().definition(), snapshot.table().isPresent(), ForeignPartitions.of(snapshot));
    }

    public Map<PartitionValues, RegisteredPartition> find(Collection<PartitionValues> values) {
        return exists && !values.isEmpty() ? catalog.find(table, values) : Map.of();
    }

    /** Passes all partitions to the consumer, which has to be thread-safe. */
    public void forEach(Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartitionInPagesOrSegments(table.name(), noting(consumer));
        }
    }

    /**
     * Passes at least the partitions whose period begins at or after a moment to the consumer, which has to be
     * thread-safe.
     *
     * @param first inclusive
     */
    public void forEachFrom(LocalDateTime first, Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartitionFrom(table.name(), table.keys(), first, noting(consumer));
        }
    }

    /** Like {@link #forEach}, without a look at how many there are. */
    public void forEachInSegments(Consumer<RegisteredPartition> consumer) {
        if (exists) {
            catalog.forEachPartitionInSegments(table.name(), noting(consumer));
        }
    }

    private Consumer<RegisteredPartition> noting(Consumer<RegisteredPartition> consumer) {
        return partition -> {
            foreign.take(partition);
            consumer.accept(partition);
        };
    }
}
