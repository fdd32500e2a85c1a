package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.TableStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What a table in Glue says of itself while a pass registers partitions, and at its end. */
final class TableFlag {

    private final GlueCatalog catalog;
    private final TableRecords records;
    private final List<PartitionKey> keys;
    private CatalogTable table;

    /** @param table as it has just been read, or created */
    TableFlag(GlueCatalog catalog, TableRecords records, CatalogTable table, List<PartitionKey> keys) {
        this.catalog = catalog;
        this.records = records;
        this.table = table;
        this.keys = keys;
    }

    /**
     * Says {@code PARTIAL} until {@link #publish}, where the table does not say so already.
     *
     * @param known the record as it was after the table was read
     */
    void setPartial(TableRecord known) {
        if (!PublishedParameters.applied(known, TableStatus.PARTIAL, keys, table.parameters())
                .equals(table.parameters())) {
            say(known, record -> TableStatus.PARTIAL);
        }
    }

    /** Says what the record says: whoever changes the record later also publishes later. */
    void publish(TableRecord known) {
        say(known, PublishedParameters::status);
    }

    /** Where somebody else has changed the table, he may have changed the record before. */
    private void say(TableRecord known, Function<TableRecord, TableStatus> status) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        table = catalog.updateParameters(table, current -> {
            TableRecord record = isFirst.getAndSet(false) ? known : records.read(table.name());
            return PublishedParameters.applied(record, status.apply(record), keys, current);
        });
    }
}
