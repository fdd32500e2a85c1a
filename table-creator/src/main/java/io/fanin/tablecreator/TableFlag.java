package io.fanin.tablecreator;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.Publication;
import io.fanin.core.record.TableRecord;
import io.fanin.model.spec.ResolvedSpec;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The parameters of a table in Glue while a pass registers partitions, and at its end. */
final class TableFlag {

    private final GlueCatalog catalog;
    private final Supplier<TableRecord> current;
    private final ResolvedSpec spec;
    private final boolean isLatest;
    private CatalogTable table;

    /**
     * @param current reads the current record, in case the table has been changed
     * @param table just read or created
     * @param spec resolved
     * @param isLatest see {@link PassInput#isLatest}
     */
    TableFlag(
            GlueCatalog catalog,
            Supplier<TableRecord> current,
            CatalogTable table,
            ResolvedSpec spec,
            boolean isLatest) {
        this.catalog = catalog;
        this.current = current;
        this.table = table;
        this.spec = spec;
        this.isLatest = isLatest;
    }

    /**
     * Sets {@code PARTIAL} until {@link #publish}, unless the table is already partial.
     *
     * @param known the record as read before the table, or as written since
     */
    void setPartial(TableRecord known) {
        if (!partial(known, table.parameters()).equals(table.parameters())) {
            update(known, this::partial);
        }
    }

    private Map<String, String> partial(TableRecord record, Map<String, String> parameters) {
        return new Publication(record, spec, isLatest).begun(parameters);
    }

    /** Publishes the record. A writer that changes the record later also publishes it later. */
    void publish(TableRecord known) {
        update(known, (record, parameters) -> new Publication(record, spec, isLatest).ended(parameters));
    }

    /**
     * Changes the parameters. If another writer has changed the table, the record is read again, since that writer may
     * have changed the record before.
     */
    private void update(TableRecord known, BiFunction<TableRecord, Map<String, String>, Map<String, String>> change) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        table = catalog.updateParameters(
                table, parameters -> change.apply(isFirst.getAndSet(false) ? known : current.get(), parameters));
    }
}
