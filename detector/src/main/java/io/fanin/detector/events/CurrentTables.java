package io.fanin.detector.events;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Caches the index of the tables, so that a warm environment reads no spec twice, and the catalog as rarely as
 * possible. Not thread-safe.
 */
public final class CurrentTables {

    /** The number of tables of a database from which on all of its tables are listed, a hundred with each request. */
    private static final int WORTH_A_LISTING = 10;

    private final TableDirectory directory;
    private final GlueCatalog catalog;
    private final Clock clock;
    private Dated last;

    public CurrentTables(TableDirectory directory, GlueCatalog catalog, Clock clock) {
        this.directory = directory;
        this.catalog = catalog;
        this.clock = clock;
    }

    private record Dated(Instant began, TableIndex index) {}

    /** The tables with their present specs, and with the catalog as of this moment or later. */
    TableIndex notBefore(Instant moment) {
        if (last == null || last.began().isBefore(moment) || directory.specsHaveChanged()) {
            last = look();
        }
        return last.index();
    }

    private Dated look() {
        Instant began = clock.instant();
        KnownTables known = directory.look(TableFilter.ALL);
        InCatalog ofSpecs = new InCatalog(new HashMap<>(), new HashMap<>());
        Stream.concat(known.tables().stream(), known.disabled().stream())
                .filter(table -> table.catalog().isEmpty())
                .map(KnownTable::name)
                .collect(Collectors.groupingBy(TableName::database))
                .forEach((database, names) -> look(database, names, ofSpecs));
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

    private void look(String database, List<TableName> names, InCatalog found) {
        if (names.size() < WORTH_A_LISTING) {
            names.forEach(name -> look(List.of(name), () -> catalog.table(name).stream(), found));
        } else {
            look(names, () -> catalog.tables(database).stream(), found);
        }
    }

    /** A refusal affects these tables alone. */
    private static void look(List<TableName> names, Supplier<Stream<CatalogTable>> request, InCatalog found) {
        CatalogException.unlessRefused(request, refusal -> {
                    names.forEach(name -> found.refused().put(name, refusal));
                    return Stream.empty();
                })
                .forEach(table -> found.tables().put(table.name(), table));
    }
}
