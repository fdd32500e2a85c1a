package io.fanin.tablecreator;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The parameters of a table in Glue while a pass registers partitions, and at its end. */
final class TableFlag {

    private final GlueCatalog catalog;
    private final Supplier<TableRecord> current;
    private final List<PartitionKey> keys;
    private CatalogTable table;

    /**
     * What is said of a table.
     *
     * @param current reads the record as it is, where the table was changed meanwhile
     * @param table as it has just been read, or created
     */
    TableFlag(GlueCatalog catalog, Supplier<TableRecord> current, CatalogTable table, List<PartitionKey> keys) {
        this.catalog = catalog;
        this.current = current;
        this.table = table;
        this.keys = keys;
    }

    /**
     * Says {@code PARTIAL} until {@link #publish}, where the table does not say so already.
     *
     * @param known the record as it was before the table was read, or has been written since
     */
    void setPartial(TableRecord known) {
        if (!partial(known, table.parameters()).equals(table.parameters())) {
            say(known, this::partial);
        }
    }

    private Map<String, String> partial(TableRecord record, Map<String, String> parameters) {
        return PublishedParameters.whileRegistering(record, keys, parameters);
    }

    /** Says what the record says: an invocation that changes the record later also publishes later. */
    void publish(TableRecord known) {
        say(
                known,
                (record, parameters) ->
                        PublishedParameters.applied(record, PublishedParameters.status(record), keys, parameters));
    }

    /** Where somebody else has changed the table, he may have changed the record before. */
    private void say(TableRecord known, BiFunction<TableRecord, Map<String, String>, Map<String, String>> change) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        table = catalog.updateParameters(
                table, parameters -> change.apply(isFirst.getAndSet(false) ? known : current.get(), parameters));
    }
}
