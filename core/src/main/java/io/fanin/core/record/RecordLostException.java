package io.fanin.core.record;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.names.FaninNames;

/**
 * A table is partial, and the record of what is outstanding is not in the state bucket: a run that looks at only a part
 * of the table cannot tell whether the rest is complete. Nothing has been changed.
 */
public final class RecordLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RecordLostException(String message) {
        super(message);
    }

    /**
     * Checks that a run which has not looked at the whole table may publish its record.
     *
     * @throws RecordLostException if the table is marked partial, and the record is not that of the run that left it so
     */
    public static void requireRecordOf(CatalogTable table, TableRecord record) {
        if (PublishedParameters.arePartialWithout(record, table.parameters())) {
            throw new RecordLostException("table " + table.name() + " is partial (" + FaninNames.STATUS
                    + "), and its record, which names what is outstanding, is not in this stack's state bucket: it was"
                    + " removed, or is another stack's. Run the table once with {\"detection\": {\"mode\": \"full\"}}, which"
                    + " looks at all of its partitions");
        }
    }
}
