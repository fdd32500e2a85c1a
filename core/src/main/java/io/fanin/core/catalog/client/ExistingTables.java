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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Looks for many tables in the catalog, usually with one request for 100 tables of a database. */
public record ExistingTables(GlueCatalog catalog, Workers workers) {

    private static final int PARALLEL = 8;

    /** Those of these tables that were dropped. One that the catalog refuses to show may exist. */
    public Set<TableName> dropped(Collection<TableName> tables) {
        Set<TableName> dropped = new HashSet<>(tables);
        each(tables, (name, listed) -> exists(name, listed) ? Optional.of(name) : Optional.<TableName>empty())
                .forEach(dropped::remove);
        return dropped;
    }

    /**
     * The results for tables of databases that exist, in the order of their databases. Once a failure is seen, in that
     * order, no other table is looked at.
     *
     * @param look what to do with a table, and with what a listing has found in its database
     */
    public <T> List<T> each(
            Collection<TableName> tables, BiFunction<TableName, Map<String, CatalogTable>, Optional<T>> look) {
        Map<String, List<TableName>> databases =
                tables.stream().collect(Collectors.groupingBy(TableName::database, TreeMap::new, Collectors.toList()));
        ExecutorService threads = workers.open(PARALLEL);
        try {
            Map<String, Future<Optional<Map<String, CatalogTable>>>> listings = new TreeMap<>();
            databases.forEach(
                    (database, names) -> listings.put(database, threads.submit(() -> listed(database, names))));
            List<Future<Optional<T>>> results = new ArrayList<>();
            databases.forEach((database, names) -> Workers.await(listings.get(database))
                    .ifPresent(listed ->
                            names.forEach(name -> results.add(threads.submit(() -> look.apply(name, listed))))));
            return results.stream()
                    .map(Workers::await)
                    .flatMap(Optional::stream)
                    .toList();
        } finally {
            // All is done, or one look has failed, as all would where nothing answers.
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

    /** What a listing finds of these tables; empty if there is no such database. */
    private Optional<Map<String, CatalogTable>> listed(String database, List<TableName> tables) {
        try {
            return catalog.listed(
                    database, tables.stream().map(TableName::table).toList());
        } catch (CatalogException e) {
            // Whoever may not list a database may be allowed to read its tables.
            return Optional.of(Map.of());
        }
    }
}
