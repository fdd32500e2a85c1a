package io.fanin.detector.events;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SpecResolution;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SourceSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tables by the locations at which their data arrives. An object may be data of each table whose location contains
 * it. A lookup goes through the folders above the object, regardless of the number of tables.
 */
final class TableIndex {

    private final Map<S3Location, List<IndexedTable>> tables = new HashMap<>();
    private boolean complete = true;

    private TableIndex() {}

    /**
     * The index of the tables that the stack brings up to date, including the disabled ones, which are run by
     * themselves.
     *
     * @param catalog the table in the catalog, for those whose spec is in a file; a {@link CatalogException} affects
     *     this table alone
     */
    static TableIndex of(KnownTables known, Function<TableName, Optional<CatalogTable>> catalog) {
        TableIndex index = new TableIndex();
        SkippedTable.mistaken(known.leftOut()).forEach(one -> index.add(one, known.places()));
        Stream.concat(known.tables().stream(), known.disabled().stream()).forEach(table -> index.add(table, catalog));
        return index;
    }

    /** Adds a table that is left out by mistake; the index is incomplete if its location is not known. */
    private void add(SkippedTable one, Map<String, S3Location> places) {
        Optional.ofNullable(places.get(one.what()))
                .ifPresentOrElse(
                        place -> add(place, new IndexedTable.Broken(one.what(), one.message())),
                        () -> complete = false);
    }

    private void add(KnownTable table, Function<TableName, Optional<CatalogTable>> catalog) {
        if (table.catalog().isPresent()) {
            add(table);
            return;
        }
        try {
            add(catalog.apply(table.name()).map(table::in).orElse(table));
        } catch (CatalogException e) {
            addBroken(table, table.spec(), e);
        }
    }

    /** Adds a table; an error makes only this table broken, and the index incomplete if its location is not known. */
    private void add(KnownTable table) {
        Optional<CatalogTable> catalog = table.catalog();
        TableSpec spec = table.spec();
        try {
            spec = catalog.map(there -> SpecResolution.completed(table.spec(), there))
                    .orElse(spec);
            if (spec.detectionOrDefault() instanceof DetectionSpec.Events) {
                ResolvedSpec resolved = catalog.map(there -> SpecResolution.resolve(table.spec(), there))
                        .orElseGet(() -> SpecResolution.resolveNew(table.spec()));
                add(
                        SourceMapping.of(resolved).location(),
                        new IndexedTable.Listening(table.name(), table.specUri(), resolved, guessesLayout(table)));
            } else {
                place(spec, table).ifPresent(location -> add(location, new IndexedTable.OtherMode()));
            }
        } catch (RuntimeException | StackOverflowError e) {
            addBroken(table, spec, e);
        }
    }

    private static boolean guessesLayout(KnownTable table) {
        return table.spec().layout().isEmpty()
                && table.spec().source().isEmpty()
                && table.catalog().filter(there -> there.layout().isEmpty()).isPresent();
    }

    private void addBroken(KnownTable table, TableSpec spec, Throwable error) {
        IndexedTable broken = new IndexedTable.Broken(table.name().toString(), UnforeseenError.shown(error));
        place(spec, table).ifPresentOrElse(location -> add(location, broken), () -> complete = false);
    }

    private void add(S3Location location, IndexedTable table) {
        tables.computeIfAbsent(location, at -> new ArrayList<>()).add(table);
    }

    private static Optional<S3Location> place(TableSpec spec, KnownTable table) {
        return spec.source()
                .map(SourceSpec::location)
                .or(spec::location)
                .or(() -> table.catalog().flatMap(CatalogTable::location));
    }

    /** Whether an object that is not found here certainly belongs to no table. */
    boolean isComplete() {
        return complete;
    }

    /**
     * The tables whose data the object may be, those of the deepest location first; empty if no location contains it.
     */
    List<List<IndexedTable>> at(S3ObjectName object) {
        List<List<IndexedTable>> found = new ArrayList<>();
        String key = object.key();
        for (int end = key.lastIndexOf('/'); end >= 0; end = key.lastIndexOf('/', end - 1)) {
            addAt(object.bucket(), key.substring(0, end + 1), found);
        }
        addAt(object.bucket(), "", found);
        return found;
    }

    private void addAt(String bucket, String prefix, List<List<IndexedTable>> found) {
        List<IndexedTable> here = tables.get(new S3Location(bucket, prefix));
        if (here != null) {
            found.add(here);
        }
    }
}
