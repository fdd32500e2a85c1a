package io.fanin.core.record;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.names.FaninNames;

/**
 * A table is partial, or has waived partitions, and the record that names what is outstanding or waived is not in the
 * state bucket: a run that looks at only a part of the table cannot tell whether the rest is complete. Nothing has been
 * changed.
 */
public final class RecordLostException extends RuntimeException {

    private RecordLostException(String message) {
        super(message);
    }

    /**
     * Checks that a run which has not looked at the whole table may publish its record.
     *
     * @throws RecordLostException if the record is not that of the run that left the table so
     */
    public static void requireRecordOf(CatalogTable table, TableRecord record) {
        if (PublishedParameters.areOfLostRecord(record, table.parameters())) {
            String isSo = PublishedParameters.arePartial(table.parameters())
                    ? " is partial (" + FaninNames.STATUS + "), and its record, which names what is outstanding,"
                    : " has waived partitions (" + FaninNames.WAIVED + "), and its record, which names them,";
            throw new RecordLostException(
                    "table " + table.name() + isSo + " is not in this stack's state bucket: it was"
                            + " removed, or is another stack's. Run the table once with {\"detection\": {\"mode\": \"full\"}}, which"
                            + " looks at all of its partitions, beside the readiness, gaps and maxAttempts of its spec");
        }
    }
}
