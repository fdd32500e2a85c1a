package io.fanin.detector;

import io.fanin.model.table.TableName;

/**
 * Fails an execution whose table another one is working on, if it has begun its run before, or was redriven: after a
 * success it could not be redriven. Nothing has been changed.
 */
public final class RedrivenWhileBusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RedrivenWhileBusyException(TableName table, String holder) {
        super("Table " + table + " is busy: the execution " + holder
                + " is working on it, and only one at a time can."
                + " Nothing was changed: redrive this execution when that one has ended.");
    }
}
