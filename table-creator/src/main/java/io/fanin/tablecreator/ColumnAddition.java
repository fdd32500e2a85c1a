package io.fanin.tablecreator;

import io.fanin.core.aws.PageLimit;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.TableChanges.AddedColumns;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a spec's columns after those of a table that lacks them, and reports the partitions that are registered without
 * them.
 */
record ColumnAddition(GlueCatalog catalog, InstantSource clock) {

    /** The maximum number of pages of partitions that are counted, of 1,000 each. */
    static final int MAX_PAGES = 100;

    /** The time in which the counting has to ask for its last page. */
    static final Duration MAX_TIME = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ColumnAddition.class);

    ColumnAddition(GlueCatalog catalog) {
        this(catalog, InstantSource.system());
    }

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
     * @throws TableReplacedException if it lacks more
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
            throw TableReplacedException.changedColumns(table.name());
        }
    }

    /**
     * The effect of the added columns for readers: each partition that the run has not registered still has the earlier
     * columns. They are counted for people alone, when readers already see the pass's result: it does not fail if they
     * cannot be counted, or not in this time.
     *
     * @param columns that the run's detection found missing; if empty, nothing is reported
     */
    Optional<AddedColumns> effect(CatalogTable table, RunFolder run, List<Column> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Earlier earlier = new Earlier();
        boolean areAll = forEachWithinLimit(table.name(), partition -> {
            if (!partition.run().equals(Optional.of(run.uri()))) {
                earlier.add(partition.values().nameFor(table.keys()));
            }
        });
        return Optional.of(new AddedColumns(columns, earlier.count, !areAll, List.copyOf(earlier.first)));
    }

    /** Passes a table's partitions to the consumer; returns whether they are all. */
    private boolean forEachWithinLimit(TableName table, Consumer<RegisteredPartition> consumer) {
        try {
            catalog.checkedBy(new PageLimit(MAX_PAGES, clock.instant().plus(MAX_TIME), clock))
                    .forEachPartition(table, consumer);
            return true;
        } catch (CatalogException | PageLimit.ReachedException e) {
            LOG.warn("not all partitions of table {} without its new columns are counted: {}", table, e.getMessage());
            return false;
        }
    }

    /** The number of partitions without the columns, and the first of them by name. */
    private static final class Earlier {

        private final TreeSet<String> first = new TreeSet<>();
        private long count;

        void add(String name) {
            count++;
            first.add(name);
            if (first.size() > Tally.SAMPLE) {
                first.pollLast();
            }
        }
    }
}
