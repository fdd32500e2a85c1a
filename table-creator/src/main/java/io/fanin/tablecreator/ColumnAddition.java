package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.TableUpdater;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.TableChanges.AddedColumns;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds a spec's columns to a table that lacks them at its end, and reports which partitions are registered without
 * them.
 */
record ColumnAddition(GlueCatalog catalog) {

    /** The table as the run needs it; it is changed if the spec allows it and columns are missing at its end. */
    CatalogTable added(CatalogTable table, TableSpec spec) {
        return spec.columnsToAppend(table.columns())
                .filter(more -> !more.isEmpty())
                .map(more -> catalog.appendColumns(table, spec.definition().columns()))
                .orElse(table);
    }

    /**
     * Refuses a table that lacks more than the run's detection has found: a column that somebody has removed since stays
     * removed.
     *
     * @param detection the run's; what it has found to be lacking is added by the first pass
     * @throws CatalogException when it does
     */
    void requireAsDetected(CatalogTable table, TableSpec spec, int pass, Optional<DetectionReport> detection) {
        Optional<DetectionReport> seen =
                detection.filter(report -> report.tableCreated().isPresent());
        if (pass == 0 && seen.isEmpty()) {
            return; // the table came into being since
        }
        int lacking = pass > 0 ? 0 : seen.get().counts().changes().newColumns().size();
        if (spec.columnsToAppend(table.columns()).orElse(List.of()).size() > lacking) {
            throw TableUpdater.changedMeanwhile(table.name());
        }
    }

    /**
     * What readers find of the columns: each partition that the run has not registered has those from before.
     *
     * @param columns that the run's detection found to be lacking; none if nothing is reported
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

    /** How many there are, and the first by name. */
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
