package io.fanin.detector.events;

import io.fanin.core.catalog.CatalogException;
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

    /** The number of requests to the catalog at a time: the function has a minute, and a stack thousands of tables. */
    private static final int PARALLEL = 8;

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
        InCatalog ofSpecs = new InCatalog(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        List<Request> requests = Stream.concat(known.tables().stream(), known.disabled().stream())
                .filter(table -> table.catalog().isEmpty())
                .map(KnownTable::name)
                .collect(Collectors.groupingBy(TableName::database))
                .entrySet()
                .stream()
                .flatMap(database -> requests(database.getKey(), database.getValue()))
                .toList();
        workers.each(PARALLEL, requests, request -> request.into(ofSpecs));
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

    private Stream<Request> requests(String database, List<TableName> names) {
        return names.size() < WORTH_A_LISTING
                ? names.stream().map(name -> new Request(List.of(name), () -> catalog.table(name).stream()))
                : Stream.of(new Request(names, () -> catalog.tables(database).stream()));
    }

    /** A request for these tables, to which other ones may be in the answer. */
    private record Request(List<TableName> names, Supplier<Stream<CatalogTable>> send) {

        /** A refusal affects these tables alone. */
        InCatalog into(InCatalog found) {
            CatalogException.unlessRefused(send, refusal -> {
                        names.forEach(name -> found.refused().put(name, refusal));
                        return Stream.empty();
                    })
                    .forEach(table -> found.tables().put(table.name(), table));
            return found;
        }
    }
}
