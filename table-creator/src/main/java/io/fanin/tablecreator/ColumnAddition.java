package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.TableUpdater;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.TableChanges.AddedColumns;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds a spec's columns after those of a table that lacks them, and reports the partitions that are registered without
 * them.
 */
record ColumnAddition(GlueCatalog catalog) {

    /**
     * The table with the columns of the spec; it is changed if the spec allows it and the missing columns are its last
     * ones.
     */
    CatalogTable added(CatalogTable table, ResolvedSpec spec) {
        return spec.columnsToAppend(table.columns()).isEmpty()
                ? table
                : catalog.appendColumns(table, spec.definition().columns());
    }

    /**
     * Refuses a table that lacks more columns than the run's detection has found: a column that was removed since stays
     * removed.
     *
     * @param documents of the pass; the first one adds the columns that the detection found missing
     * @throws CatalogException if it lacks more
     */
    void requireAsDetected(CatalogTable table, PassDocuments documents) {
        Optional<DetectionReport> seen =
                documents.detection().filter(report -> report.tableCreated().isPresent());
        if (documents.pass() == 0 && seen.isEmpty()) {
            return; // The table was created since.
        }
        int lacking = documents.pass() > 0
                ? 0
                : seen.get().counts().changes().newColumns().size();
        if (documents.spec().columnsToAppend(table.columns()).size() > lacking) {
            throw TableUpdater.changedMeanwhile(table.name());
        }
    }

    /**
     * The effect of the added columns for readers: each partition that the run has not registered still has the earlier
     * columns.
     *
     * @param columns that the run's detection found missing; if empty, nothing is reported
     */
    Optional<AddedColumns> told(CatalogTable table, RunFolder run, List<Column> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Earlier earlier = new Earlier();
        catalog.forEachPartitionInSegments(table.name(), partition -> {
            if (!partition.run().equals(Optional.of(run.uri()))) {
                earlier.add(partition.values().nameFor(table.keys()));
            }
        });
        return Optional.of(new AddedColumns(columns, earlier.count, List.copyOf(earlier.first)));
    }

    /** The number of partitions without the columns, and the first of them by name. */
    private static final class Earlier {

        private final TreeSet<String> first = new TreeSet<>();
        private long count;

        synchronized void add(String name) {
            count++;
            first.add(name);
            if (first.size() > Tally.SAMPLE) {
                first.pollLast();
            }
        }
    }
}
