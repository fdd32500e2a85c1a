package io.fanin.detector.events;

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
        Map<TableName, CatalogTable> ofSpecs = new HashMap<>();
        Stream.concat(known.tables().stream(), known.disabled().stream())
                .filter(table -> table.catalog().isEmpty())
                .map(KnownTable::name)
                .collect(Collectors.groupingBy(TableName::database))
                .forEach((database, names) ->
                        inCatalog(database, names).forEach(table -> ofSpecs.put(table.name(), table)));
        return new Dated(began, TableIndex.of(known, name -> Optional.ofNullable(ofSpecs.get(name))));
    }

    private Stream<CatalogTable> inCatalog(String database, List<TableName> names) {
        return names.size() < WORTH_A_LISTING
                ? names.stream().flatMap(name -> catalog.table(name).stream())
                : catalog.tables(database).stream();
    }
}
