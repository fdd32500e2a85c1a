package io.fanin.core.catalog.client;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Looks for many tables in the catalog, usually with one request for 100 tables of a database. */
public record ExistingTables(GlueCatalog catalog, Workers workers) {

    private static final int PARALLEL = 8;

    /** The tables among these that were dropped. One that the catalog refuses to show may exist. */
    public Set<TableName> dropped(Collection<TableName> tables) {
        Set<TableName> dropped = new HashSet<>(tables);
        each(tables, (name, listed) -> exists(name, listed) ? Optional.of(name) : Optional.<TableName>empty())
                .forEach(dropped::remove);
        return dropped;
    }

    /**
     * The results for tables of databases that exist, in the order of their databases. After the first failure, no
     * other table is read.
     *
     * @param find reads a table, given the tables that a listing has found in its database
     */
    public <T> List<T> each(
            Collection<TableName> tables, BiFunction<TableName, Map<String, CatalogTable>, Optional<T>> find) {
        Map<String, List<TableName>> databases =
                tables.stream().collect(Collectors.groupingBy(TableName::database, TreeMap::new, Collectors.toList()));
        ExecutorService threads = workers.open(PARALLEL);
        try {
            Map<String, Future<Optional<Map<String, CatalogTable>>>> listings = new TreeMap<>();
            databases.forEach(
                    (database, names) -> listings.put(database, threads.submit(() -> listed(database, names))));
            CompletionService<Optional<T>> reads = new ExecutorCompletionService<>(threads);
            List<Future<Optional<T>>> results = new ArrayList<>();
            for (String database : databases.keySet()) {
                Optional<Map<String, CatalogTable>> listed = Workers.await(listings.get(database));
                if (listed.isPresent()) {
                    for (TableName name : databases.get(database)) {
                        results.add(reads.submit(() -> find.apply(name, listed.get())));
                    }
                }
            }
            Workers.awaitAll(reads, results.size());
            return results.stream()
                    .map(Workers::await)
                    .flatMap(Optional::stream)
                    .toList();
        } finally {
            // Everything is done, or one request has failed, as all would if the service does not answer.
            threads.shutdownNow();
            threads.close();
        }
    }

    /** A table that no listing has found may exist all the same: Lake Formation hides tables from lists. */
    public Optional<CatalogTable> table(TableName name, Map<String, CatalogTable> listed) {
        return Optional.ofNullable(listed.get(name.table())).or(() -> catalog.table(name));
    }

    private boolean exists(TableName name, Map<String, CatalogTable> listed) {
        try {
            return table(name, listed).isPresent();
        } catch (CatalogException e) {
            return true;
        }
    }

    /** The tables of a listing; empty if there is no such database. */
    private Optional<Map<String, CatalogTable>> listed(String database, List<TableName> tables) {
        try {
            return catalog.listed(
                    database, tables.stream().map(TableName::table).toList());
        } catch (CatalogException e) {
            // Without permission to list a database, its tables may still be readable.
            return Optional.of(Map.of());
        }
    }
}
