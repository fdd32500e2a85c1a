package io.fanin.core.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.aws.Environment;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import io.fanin.model.text.UnforeseenError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
            said(object).ifPresent(tables::add);
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
        Found found = Found.nothing();
        Set<TableName> claimed = new HashSet<>();
        Map<TableName, List<SpecObject>> byTable = new TreeMap<>(Comparator.comparing(TableName::toString));
        for (SpecObject object : specs.map(SpecFolder::read).orElse(List.of())) {
            said(object)
                    .ifPresent(table -> byTable.computeIfAbsent(table, name -> new ArrayList<>())
                            .add(object));
            if (object instanceof SpecObject.Broken broken) {
                found.leftOut().add(new SkippedTable(broken.uri(), broken.said(), Reason.UNREADABLE, broken.problem()));
                broken.place().ifPresent(place -> found.places().put(broken.uri(), place));
                broken.table().ifPresent(claimed::add);
            }
        }
        claimed.addAll(byTable.keySet());
        byTable.forEach((table, objects) -> {
            if (objects.size() > 1) {
                found.leftOut().addAll(several(table, objects));
                objects.forEach(one ->
                        one.place().ifPresent(place -> found.places().put(one.uri(), place)));
            } else if (objects.getFirst() instanceof SpecObject.Sound one) {
                add(new KnownTable(table, Optional.of(one.uri()), one.spec(), Optional.empty()), one.spec(), found);
            }
        });
        ofCatalog(filter, claimed, found);
        KnownTables known = new KnownTables(
                meant(found.tables(), filter),
                meant(found.disabled(), filter),
                found.leftOut().stream()
                        .filter(one -> one.table().map(filter::has).orElse(true))
                        .sorted(Comparator.comparing(SkippedTable::what))
                        .toList(),
                found.places());
        if (known.tables().isEmpty()
                && known.disabled().isEmpty()
                && !found.refusals().isEmpty()) {
            throw found.refusals().getFirst();
        }
        return known;
    }

    /**
     * The tables found so far, in no particular order.
     *
     * @param places of those left out, see {@link KnownTables}
     * @param refusals of the catalog; what they are about is left out
     */
    private record Found(
            List<KnownTable> tables,
            List<KnownTable> disabled,
            List<SkippedTable> leftOut,
            Map<String, S3Location> places,
            List<CatalogException> refusals) {

        static Found nothing() {
            return new Found(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        }

        KnownTables known() {
            return new KnownTables(tables, disabled, leftOut, places);
        }
    }

    private static List<KnownTable> meant(List<KnownTable> tables, TableFilter filter) {
        return tables.stream()
                .filter(table -> filter.has(table.name()))
                .sorted(Comparator.comparing(table -> table.name().toString()))
                .toList();
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
        Found found = Found.nothing();
        asked(
                        () -> catalog.table(table).stream().toList(),
                        why -> new SkippedTable(table.toString(), Optional.of(table), Reason.UNREADABLE, why),
                        found)
                .forEach(known -> add(known, found));
        return found.known();
    }

    /**
     * Finds one table by the location of its spec, without reading any other. Where that does not say how partitions
     * are detected, the table's parameters may, so that it is looked up in the catalog, too.
     *
     * @return the table, or the reason why it is left out
     * @throws CatalogUnavailableException if the catalog gives no answer
     */
    public KnownTables find(TableName table, String specUri) {
        Found found = Found.nothing();
        switch (SpecObject.read(specUri, source)) {
            case SpecObject.Sound sound
            when sound.spec().tableName().equals(table) ->
                add(
                        described(new KnownTable(table, Optional.of(specUri), sound.spec(), Optional.empty())),
                        sound.spec(),
                        found);
            case SpecObject.Sound other ->
                found.leftOut()
                        .add(new SkippedTable(
                                other.uri(),
                                Optional.of(table),
                                Reason.UNREADABLE,
                                "is the spec of " + other.spec().tableName() + ", and no longer that of " + table));
            case SpecObject.Broken broken ->
                found.leftOut()
                        .add(new SkippedTable(broken.uri(), Optional.of(table), Reason.UNREADABLE, broken.problem()));
        }
        return found.known();
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

    private static Optional<TableName> said(SpecObject object) {
        return switch (object) {
            case SpecObject.Sound sound -> Optional.of(sound.spec().tableName());
            case SpecObject.Broken broken -> broken.said();
        };
    }

    /** Those that cannot be read are left out already. */
    private static List<SkippedTable> several(TableName table, List<SpecObject> objects) {
        String all = objects.stream().map(SpecObject::uri).collect(Collectors.joining(", "));
        return objects.stream()
                .filter(SpecObject.Sound.class::isInstance)
                .map(object -> new SkippedTable(
                        object.uri(),
                        Optional.of(table),
                        Reason.SEVERAL_SPECS,
                        "table " + table + " has several specs, of which none is run: " + all + "; delete all but one"))
                .toList();
    }

    private void ofCatalog(TableFilter filter, Set<TableName> claimed, Found found) {
        List<String> listed =
                rawDatabases(found).stream().filter(filter::hasDatabase).toList();
        workers.each(PARALLEL, listed, name -> Map.entry(name, answered(() -> catalog.tables(name)))).stream()
                .flatMap(one -> asked(one.getValue(), why -> refused(one.getKey(), why), found).stream())
                .filter(table -> !claimed.contains(table.name()))
                .forEach(table -> add(table, found));
    }

    /** The answer to a request that is sent now, or its refusal. */
    private static <T> Supplier<T> answered(Supplier<T> request) {
        return CatalogException.unlessRefused(
                () -> {
                    T answer = request.get();
                    return () -> answer;
                },
                refusal -> () -> {
                    throw refusal;
                });
    }

    private List<String> rawDatabases(Found found) {
        return databases.areExact()
                ? databases.names()
                : asked(catalog::databases, why -> refused(String.join(",", databases.names()), why), found).stream()
                        .filter(databases::match)
                        .toList();
    }

    private static SkippedTable refused(String databases, String why) {
        return new SkippedTable(databases, Optional.empty(), Reason.UNREADABLE, why);
    }

    /**
     * The answer to a request to the catalog. What it refuses is left out, and does not affect other tables.
     *
     * @param leftOut for a refusal's message
     * @return an empty list after a refusal
     * @throws CatalogUnavailableException if there is no answer
     */
    private static <T> List<T> asked(Supplier<List<T>> request, Function<String, SkippedTable> leftOut, Found found) {
        return CatalogException.unlessRefused(request, refusal -> {
            found.refusals().add(refusal);
            found.leftOut().add(leftOut.apply(refusal.getMessage()));
            return List.of();
        });
    }

    private static void add(CatalogTable table, Found found) {
        TableName name = table.name();
        boolean isDisabled = SpecParameters.isDisabled(table);
        Optional<SkippedTable> useless = table.whyOfKeyParameters()
                .map(why -> SkippedTable.of(name, Reason.UNREADABLE, why))
                .or(() -> table.whyUnusable().map(why -> SkippedTable.of(name, Reason.UNUSABLE, why)));
        if (useless.isPresent()) {
            leaveOut(table, useless.get(), isDisabled, found);
            return;
        }
        try {
            TableSpec given = given(name);
            Optional<String> why = SpecResolution.whyUnusable(SpecResolution.completed(given, table), table);
            if (why.isPresent()) {
                leaveOut(table, SkippedTable.of(name, Reason.UNUSABLE, why.get()), isDisabled, found);
                return;
            }
            add(
                    new KnownTable(name, Optional.empty(), given, Optional.of(table)),
                    SpecResolution.resolve(given, table).document(),
                    found);
        } catch (RuntimeException | StackOverflowError e) {
            SkippedTable broken = SkippedTable.of(name, Reason.UNREADABLE, UnforeseenError.shown(e));
            // One that can be run by itself must not lose its events meanwhile.
            leaveOut(table, broken, isDisabled && broken.table().isEmpty(), found);
        }
    }

    /**
     * Leaves a table out, and records its location as the place at which its data arrives, unless a parameter names
     * another source.
     */
    private static void leaveOut(CatalogTable table, SkippedTable why, boolean asDisabled, Found found) {
        found.leftOut().add(asDisabled ? SkippedTable.disabled(table.name()) : why);
        table.location()
                .filter(place -> !asDisabled && !table.parameters().containsKey(FaninNames.SOURCE))
                .ifPresent(place -> found.places().put(why.what(), place));
    }

    private static TableSpec given(TableName name) {
        ObjectNode json = Json.input().createObjectNode();
        return new SpecReader().read(json.put("database", name.database()).put("table", name.table()));
    }

    private static void add(KnownTable table, TableSpec completed, Found found) {
        if (completed.enabledOrDefault()) {
            found.tables().add(table);
        } else {
            found.disabled().add(table);
            found.leftOut()
                    .add(table.specUri()
                            .map(uri -> new SkippedTable(
                                    uri,
                                    Optional.of(table.name()),
                                    Reason.DISABLED,
                                    "table " + table.name() + " is not enabled"))
                            .orElseGet(() -> SkippedTable.disabled(table.name())));
        }
    }
}
