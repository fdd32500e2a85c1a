package io.fanin.tablecreator;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The table in which a run registers: the one that it detected for, or one that it creates. */
record RunTables(GlueCatalog catalog) {

    /**
     * The table, created if absent. It is read only now, because an invocation that has lost the lease in between would
     * publish an outdated state.
     *
     * @param requireLease throws if another execution has taken the table's lease
     */
    CatalogTable created(ResolvedSpec spec, TableRecord before, Runnable requireLease) {
        TableDefinition definition = spec.definition();
        CatalogTable table = catalog.createTableIfAbsent(
                definition,
                spec.partitionIndexes(),
                PublishedParameters.applied(before, TableStatus.PARTIAL, definition.keys(), timeZone(spec)));
        requireLease.run();
        return table;
    }

    private static Map<String, String> timeZone(ResolvedSpec spec) {
        return spec.timeZone()
                .map(zone -> Map.of(FaninNames.TIME_ZONE, zone.toString()))
                .orElse(Map.of());
    }

    /**
     * The existing table, which has to be the same as at the run's detection: the run and its later passes add to its
     * partitions.
     */
    Optional<CatalogTable> existing(PassDocuments documents) {
        TableDefinition definition = documents.spec().definition();
        Optional<Instant> seen = documents.tableCreated();
        if (documents.pass() == 0 && seen.isEmpty()) {
            return catalog.table(definition.name());
        }
        CatalogTable table = catalog.tableOfEarlierRun(definition);
        seen.ifPresent(table::requireCreated);
        return Optional.of(table);
    }
}
