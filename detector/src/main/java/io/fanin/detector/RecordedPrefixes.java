package io.fanin.detector;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import java.util.Optional;

/**
 * Reads tables whose parameters another tool has removed with the layout and the formats of their records: without
 * them, a run would read the prefixes as Hive's, and find none of the new ones.
 */
record RecordedPrefixes(ObjectStore state) {

    /**
     * The table with the parameters that tell how its prefixes are written; takes one request if neither spec nor table
     * state the layout, and the record has no basis.
     *
     * @throws SpecException if the spec has to state the layout
     */
    CatalogTable restored(TableSpec given, CatalogTable table, TableRecord record) {
        if (record.progress().basis().isPresent()) {
            return record.restored(table);
        }
        return given.layout().isPresent() || table.layout().isPresent()
                ? table
                : lastSpec(table, record)
                        .flatMap(last -> asLastRead(last, table, record))
                        .orElse(table);
    }

    /** The spec of the last run, if that looked into the table's folder. */
    private Optional<ResolvedSpec> lastSpec(CatalogTable table, TableRecord record) {
        return record.changedBy()
                .flatMap(run -> new RunFolder(state, run).findSpec())
                .filter(spec ->
                        table.location().equals(Optional.of(spec.definition().location())));
    }

    private static Optional<CatalogTable> asLastRead(ResolvedSpec last, CatalogTable table, TableRecord record) {
        ProgressScope scope = ProgressScope.of(last, record.tableCreated());
        Optional<PrefixParameters> known = scope.parametersOf(table);
        known.filter(prefixes -> last.detection().namesItsPartitions())
                .filter(prefixes -> !prefixes.differing(table.parameters()).isEmpty())
                .ifPresent(prefixes -> {
                    throw notStated(table, scope);
                });
        return known.map(table::beforeLosing);
    }

    private static SpecException notStated(CatalogTable table, ProgressScope last) {
        return SpecException.at(
                "$.layout",
                "is missing, table " + table.name() + " has no parameter " + FaninNames.LAYOUT
                        + ", and its last run, which named its partitions, read the layout " + last.layout()
                        + " with the keys " + String.join(", ", last.keys()) + ": state layout and partitionKeys in the"
                        + " spec, and the next run that looks for new partitions sets the table's parameters");
    }
}
