package io.fanin.detector;

import io.fanin.detector.select.TableSnapshot;
import io.fanin.model.names.FaninNames;

/**
 * A table is partial, and the record of what is outstanding is not in the state bucket: a run that looks at only a part
 * of the table cannot tell whether the rest is complete. Nothing has been changed.
 */
public final class RecordLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RecordLostException(String message) {
        super(message);
    }

    /**
     * The snapshot, unless the run that detects by its spec would publish the status of a part as the table's.
     *
     * @throws RecordLostException if it would
     */
    static TableSnapshot requireRecordUnlessWhole(TableSnapshot snapshot) {
        return snapshot.spec().detection().seesWholeTable() ? snapshot : requireRecord(snapshot);
    }

    /**
     * The snapshot, for a run that looks at a part of the table.
     *
     * @throws RecordLostException if the table is partial and the snapshot has no record of it
     */
    static TableSnapshot requireRecord(TableSnapshot snapshot) {
        if (snapshot.isPartialWithoutRecord()) {
            throw new RecordLostException("table " + snapshot.spec().tableName() + " is partial ("
                    + FaninNames.STATUS
                    + "), and its record, which names what is outstanding, is not in this stack's state"
                    + " bucket: it was removed, or is another stack's. Run the table once with {\"detection\": {\"mode\":"
                    + " \"full\"}}, which looks at all of its partitions");
        }
        return snapshot;
    }
}
