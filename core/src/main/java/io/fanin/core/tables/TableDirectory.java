package io.fanin.core.tables;

import io.fanin.core.aws.Environment;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds the tables that the stack brings up to date: those with a spec in the folder of specs, and those of the stack's
 * databases, which the catalog describes completely. A spec takes precedence over the catalog. Thread-safe.
 */
public final class TableDirectory {

    /** The number of databases that are listed at a time. */
    private static final int PARALLEL = 8;

    private final Optional<SpecFolder> specs;
    private final S3SpecSource source;
    private final GlueCatalog catalog;
    private final NamePatterns databases;
    private final Workers workers;

    /** @param specs empty if the stack has no folder of specs */
    private TableDirectory(
            Optional<SpecFolder> specs,
            S3SpecSource source,
            GlueCatalog catalog,
            NamePatterns databases,
            Workers workers) {
        this.specs = specs;
        this.source = source;
        this.catalog = catalog;
        this.databases = databases;
        this.workers = workers;
    }

    /**
     * The directory of a stack, by its parameters.
     *
     * @param specs the URI of the folder of specs; empty text if the stack has none
     * @param databases the databases whose tables need no spec, separated by commas
     */
    public static TableDirectory of(
            String specs, String databases, S3Pages pages, S3Texts texts, GlueCatalog catalog, Workers workers) {
        S3SpecSource source = new S3SpecSource(texts);
        return new TableDirectory(
                specs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SpecFolder(S3Location.of(specs), pages, source, workers)),
                source,
                catalog,
                NamePatterns.of(databases),
                workers);
    }

    /** The directory of the function's own stack, from the environment. */
    public static TableDirectory ofEnvironment(S3Pages pages, S3Texts texts, GlueCatalog catalog) {
        return of(
                Environment.optional("SPECS_LOCATION").orElse(""),
                Environment.optional("RAW_DATABASES").orElse(""),
                pages,
                texts,
                catalog,
                Workers.THREADS);
    }

    /** Whether the spec is one of those that are stored. */
    public boolean isInFolderOfSpecs(String uri) {
        return specs.filter(folder -> folder.has(uri)).isPresent();
    }

    /** Whether the catalog alone describes a table, unless a spec of it is stored. */
    public boolean needsNoSpec(TableName table) {
        return databases.match(table.database());
    }

    /**
     * The tables of which specs are stored, valid or not.
     *
     * @throws io.fanin.core.s3.S3AccessException if the folder of specs cannot be listed
     */
    public Set<TableName> tablesWithSpecs() {
        Set<TableName> tables = new HashSet<>();
        for (SpecObject object : specs.map(SpecFolder::read).orElse(List.of())) {
            object.named().ifPresent(tables::add);
            if (object instanceof SpecObject.Broken broken) {
                broken.table().ifPresent(tables::add);
            }
        }
        return tables;
    }

    /** Whether the stack has neither specs nor databases, and so no tables. */
    public boolean isEmpty() {
        return specs.isEmpty() && databases.isEmpty();
    }

    /**
     * The present tables, and those that are left out. A spec that cannot be read, or that is one of several of its
     * table, is reported, and does not affect other tables; the table to which it may belong is not run from the
     * catalog alone. So is a database that the catalog refuses to list.
     *
     * @throws io.fanin.core.s3.S3AccessException if the folder of specs cannot be listed
     * @throws CatalogException if the catalog refuses a database, and there is no table besides
     * @throws CatalogUnavailableException if the catalog gives no answer
     */
    public KnownTables find(TableFilter filter) {
        FoundTables found = new FoundTables();
        Set<TableName> claimed = new HashSet<>();
        Map<TableName, List<SpecObject>> byTable = new TreeMap<>(Comparator.comparing(TableName::toString));
        for (SpecObject object : specs.map(SpecFolder::read).orElse(List.of())) {
            object.named()
                    .ifPresent(table -> byTable.computeIfAbsent(table, name -> new ArrayList<>())
                            .add(object));
            if (object instanceof SpecObject.Broken broken) {
                found.leaveOut(broken.skipped());
                found.addPlace(broken);
                broken.table().ifPresent(claimed::add);
            }
        }
        claimed.addAll(byTable.keySet());
        byTable.forEach((table, objects) -> {
            if (objects.size() > 1) {
                found.leaveOutSeveral(objects);
            } else if (objects.getFirst() instanceof SpecObject.Sound one) {
                found.add(new KnownTable(table, Optional.of(one.uri()), one.spec(), Optional.empty()), one.spec());
            }
        });
        addOfCatalog(filter, claimed, found);
        return found.of(filter);
    }

    /**
     * Whether specs have been added, replaced or removed since {@link #find} read them: one request for each 1,000.
     *
     * @throws io.fanin.core.s3.S3AccessException if the folder of specs cannot be listed
     */
    public boolean specsHaveChanged() {
        return specs.filter(SpecFolder::hasChanged).isPresent();
    }

    /**
     * Finds one table of which the catalog contains everything, without reading any other.
     *
     * @return the table, or the reason why it is left out, such as a refusal; nothing if the catalog has no such table
     * @throws CatalogUnavailableException if the catalog gives no answer
     */
    public KnownTables find(TableName table) {
        FoundTables found = new FoundTables();
        found.answer(
                        () -> catalog.table(table).stream().toList(),
                        why -> new SkippedTable(table.toString(), Optional.of(table), Reason.UNREADABLE, why))
                .forEach(found::add);
        return found.all();
    }

    /**
     * Finds one table by the location of its spec, without reading any other. Where that does not say how partitions
     * are detected, the table's parameters may, so that it is looked up in the catalog, too.
     *
     * @return the table, or the reason why it is left out
     * @throws CatalogUnavailableException if the catalog gives no answer
     */
    public KnownTables find(TableName table, String specUri) {
        FoundTables found = new FoundTables();
        switch (SpecObject.read(specUri, source)) {
            case SpecObject.Sound sound
            when sound.spec().tableName().equals(table) ->
                found.add(
                        described(new KnownTable(table, Optional.of(specUri), sound.spec(), Optional.empty())),
                        sound.spec());
            case SpecObject.Sound other ->
                found.leaveOut(new SkippedTable(
                        other.uri(),
                        Optional.of(table),
                        Reason.UNREADABLE,
                        "is the spec of " + other.spec().tableName() + ", and no longer that of " + table));
            case SpecObject.Broken broken -> found.leaveOut(broken.skipped(table));
        }
        return found.all();
    }

    /**
     * A table with what the catalog has of it, if its parameters have to say how its partitions are detected. A refusal
     * is left to the table's own execution.
     *
     * @throws CatalogUnavailableException if the catalog gives no answer
     */
    public KnownTable described(KnownTable table) {
        return table.catalog().isPresent() || table.spec().detection().isPresent()
                ? table
                : CatalogException.unlessRefused(
                        () -> catalog.table(table.name()).map(table::in).orElse(table), refusal -> table);
    }

    private void addOfCatalog(TableFilter filter, Set<TableName> claimed, FoundTables found) {
        List<String> listed =
                rawDatabases(found).stream().filter(filter::hasDatabase).toList();
        workers.each(PARALLEL, listed, name -> Map.entry(name, requested(() -> catalog.tables(name)))).stream()
                .flatMap(one -> found.answer(one.getValue(), why -> refused(one.getKey(), why)).stream())
                .filter(table -> !claimed.contains(table.name()))
                .forEach(found::add);
    }

    /** Sends a request now, and returns its answer or throws its refusal later. */
    private static <T> Supplier<T> requested(Supplier<T> request) {
        return CatalogException.unlessRefused(
                () -> {
                    T answer = request.get();
                    return () -> answer;
                },
                refusal -> () -> {
                    throw refusal;
                });
    }

    private List<String> rawDatabases(FoundTables found) {
        return databases.areExact()
                ? databases.names()
                : found.answer(catalog::databases, why -> refused(String.join(",", databases.names()), why)).stream()
                        .filter(databases::match)
                        .toList();
    }

    private static SkippedTable refused(String databases, String why) {
        return new SkippedTable(databases, Optional.empty(), Reason.UNREADABLE, why);
    }
}
