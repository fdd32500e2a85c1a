package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** What a table in Glue says of itself while a pass registers partitions, and at its end. */
final class TableFlag {

    private final GlueCatalog catalog;
    private final TableRecords records;
    private final CatalogTable table;
    private final List<PartitionKey> keys;
    private boolean isSet;

    /** @param table as it has just been read, or created */
    TableFlag(GlueCatalog catalog, TableRecords records, CatalogTable table, List<PartitionKey> keys) {
        this.catalog = catalog;
        this.records = records;
        this.table = table;
        this.keys = keys;
    }

    /**
     * Says {@code PARTIAL} until {@link #publish}; asked for again it does nothing. Where somebody else has changed the table,
     * he may have changed the record before.
     *
     * @param known the record as it was after the table was read
     */
    void setPartial(TableRecord known) {
        if (!isSet) {
            AtomicBoolean isFirst = new AtomicBoolean(true);
            catalog.updateParameters(table, current -> {
                TableRecord record = isFirst.getAndSet(false) ? known : records.read(table.name());
                return PublishedParameters.applied(record, TableStatus.PARTIAL, keys, current);
            });
            isSet = true;
        }
    }

    /**
     * Publishes the record as it is once the table has been read: whoever changes the record later also publishes later,
     * and of two that meet at the table the second has to read both again.
     */
    void publish() {
        UnaryOperator<Map<String, String>> change = current -> {
            TableRecord record = records.read(table.name());
            return PublishedParameters.applied(record, PublishedParameters.status(record), keys, current);
        };
        if (isSet) {
            catalog.updateParameters(table.name(), change);
        } else {
            catalog.updateParameters(table, change);
        }
    }
}
