package io.fanin.core.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Collects the tables of a directory while it is read, and those that are left out. Used by one thread. */
final class FoundTables {

    private final List<KnownTable> tables = new ArrayList<>();
    private final List<KnownTable> disabled = new ArrayList<>();
    private final List<SkippedTable> leftOut = new ArrayList<>();

    /** The places of those left out, see {@link KnownTables}. */
    private final Map<String, S3Location> places = new HashMap<>();

    private final List<CatalogException> refusals = new ArrayList<>();

    /** Adds a table, by its spec; {@code completed} says whether it is enabled. */
    void add(KnownTable table, TableSpec completed) {
        if (completed.enabledOrDefault()) {
            tables.add(table);
            return;
        }
        disabled.add(table);
        leaveOut(table.specUri()
                .map(uri -> new SkippedTable(
                        uri, Optional.of(table.name()), Reason.DISABLED, "table " + table.name() + " is not enabled"))
                .orElseGet(() -> SkippedTable.disabled(table.name())));
    }

    /** Adds a table that the catalog alone describes, or leaves it out if it does not do so completely. */
    void add(CatalogTable table) {
        boolean isDisabled = SpecParameters.isDisabled(table);
        try {
            TableSpec named = specOf(table.name());
            Optional<SkippedTable> unusable = whyUnusable(table, named);
            if (unusable.isPresent()) {
                leaveOut(table, unusable.get(), isDisabled);
                return;
            }
            add(
                    new KnownTable(table.name(), Optional.empty(), named, Optional.of(table)),
                    SpecResolution.resolve(named, table).document());
        } catch (RuntimeException | StackOverflowError e) {
            SkippedTable broken = SkippedTable.of(table.name(), Reason.UNREADABLE, UnforeseenError.shown(e));
            // One that can be run by itself must not lose its events meanwhile.
            leaveOut(table, broken, isDisabled && broken.table().isEmpty());
        }
    }

    private static Optional<SkippedTable> whyUnusable(CatalogTable table, TableSpec named) {
        return table.whyOfKeyParameters()
                .map(why -> SkippedTable.of(table.name(), Reason.UNREADABLE, why))
                .or(() -> table.whyUnusable()
                        .or(() -> SpecResolution.whyUnusable(SpecResolution.completed(named, table), table))
                        .map(why -> SkippedTable.of(table.name(), Reason.UNUSABLE, why)));
    }

    /** A spec that only names its table. */
    private static TableSpec specOf(TableName table) {
        ObjectNode json = Json.input().createObjectNode();
        return new SpecReader().read(json.put("database", table.database()).put("table", table.table()));
    }

    /**
     * Leaves a table out, and records its location as the place at which its data arrives, unless a parameter names
     * another source.
     */
    private void leaveOut(CatalogTable table, SkippedTable why, boolean asDisabled) {
        leaveOut(asDisabled ? SkippedTable.disabled(table.name()) : why);
        table.location()
                .filter(place -> !asDisabled && !table.parameters().containsKey(FaninNames.SOURCE))
                .ifPresent(place -> places.put(why.what(), place));
    }

    void leaveOut(SkippedTable table) {
        leftOut.add(table);
    }

    /** Leaves out the specs of a table that has several: none of them is run. */
    void leaveOutSeveral(List<SpecObject> specs) {
        String all = specs.stream().map(SpecObject::uri).collect(Collectors.joining(", "));
        for (SpecObject object : specs) {
            // Those that cannot be read are left out already.
            if (object instanceof SpecObject.Sound(var uri, var spec)) {
                leaveOut(new SkippedTable(
                        uri,
                        Optional.of(spec.tableName()),
                        Reason.SEVERAL_SPECS,
                        "table " + spec.tableName() + " has several specs, of which none is run: " + all
                                + "; delete all but one"));
            }
            addPlace(object);
        }
    }

    /** Records where the data of a spec arrives that is not run. */
    void addPlace(SpecObject spec) {
        spec.place().ifPresent(place -> places.put(spec.uri(), place));
    }

    /**
     * The answer to a request to the catalog. What the catalog refuses is left out, and does not affect other tables.
     *
     * @param refused what is left out, by the refusal's message
     * @return an empty list after a refusal
     * @throws CatalogUnavailableException if there is no answer
     */
    <T> List<T> answer(Supplier<List<T>> request, Function<String, SkippedTable> refused) {
        return CatalogException.unlessRefused(request, refusal -> {
            refusals.add(refusal);
            leaveOut(refused.apply(refusal.getMessage()));
            return List.of();
        });
    }

    /** The tables, in no particular order. */
    KnownTables all() {
        return new KnownTables(tables, disabled, leftOut, places);
    }

    /**
     * The tables of a filter, by name, with what is left out of it or of no known table.
     *
     * @throws CatalogException what the catalog has refused first, if there is no table besides
     */
    KnownTables of(TableFilter filter) {
        KnownTables known = new KnownTables(
                sorted(tables, filter),
                sorted(disabled, filter),
                leftOut.stream()
                        .filter(one -> one.table().map(filter::has).orElse(true))
                        .sorted(Comparator.comparing(SkippedTable::what))
                        .toList(),
                places);
        if (known.tables().isEmpty() && known.disabled().isEmpty() && !refusals.isEmpty()) {
            throw refusals.getFirst();
        }
        return known;
    }

    private static List<KnownTable> sorted(List<KnownTable> tables, TableFilter filter) {
        return tables.stream()
                .filter(table -> filter.has(table.name()))
                .sorted(Comparator.comparing(table -> table.name().toString()))
                .toList();
    }
}
