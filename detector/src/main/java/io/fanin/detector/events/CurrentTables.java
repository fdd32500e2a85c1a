package io.fanin.detector.events;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.ExistingTables;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Caches the index of the tables, so that a warm environment reads no spec twice, and the catalog as rarely as
 * possible. Not thread-safe.
 */
public final class CurrentTables {

    private final TableDirectory directory;
    private final GlueCatalog catalog;
    private final Clock clock;
    private final Workers workers;
    private Dated last;

    public CurrentTables(TableDirectory directory, GlueCatalog catalog, Clock clock, Workers workers) {
        this.directory = directory;
        this.catalog = catalog;
        this.clock = clock;
        this.workers = workers;
    }

    private record Dated(Instant began, TableIndex index) {}

    /** The tables with their present specs, and with the catalog as of this moment or later. */
    TableIndex notBefore(Instant moment) {
        if (last == null || last.began().isBefore(moment) || directory.specsHaveChanged()) {
            last = null; // An index of very many tables takes much of the memory, and a new one needs as much.
            last = read();
        }
        return last.index();
    }

    private Dated read() {
        Instant began = clock.instant();
        KnownTables known = directory.find(TableFilter.ALL);
        InCatalog ofSpecs = inCatalog(Stream.concat(known.tables().stream(), known.disabled().stream())
                .filter(table -> table.catalog().isEmpty())
                .map(KnownTable::name)
                .toList());
        return new Dated(began, TableIndex.of(known, ofSpecs::find));
    }

    /**
     * The tables with a spec in the catalog.
     *
     * @param refused why the catalog does not show these
     */
    private record InCatalog(Map<TableName, CatalogTable> tables, Map<TableName, CatalogException> refused) {

        /** @throws CatalogException if the catalog refuses the table */
        Optional<CatalogTable> find(TableName name) {
            if (refused.containsKey(name)) {
                throw refused.get(name);
            }
            return Optional.ofNullable(tables.get(name));
        }
    }

    /** A refusal affects its table alone. */
    private InCatalog inCatalog(List<TableName> names) {
        ExistingTables existing = new ExistingTables(catalog, workers);
        Map<TableName, CatalogException> refused = new ConcurrentHashMap<>();
        List<CatalogTable> found = existing.each(
                names,
                (name, listed) -> CatalogException.unlessRefused(() -> existing.table(name, listed), refusal -> {
                    refused.put(name, refusal);
                    return Optional.empty();
                }));
        return new InCatalog(
                found.stream().collect(Collectors.toMap(CatalogTable::name, Function.identity())), refused);
    }
}
