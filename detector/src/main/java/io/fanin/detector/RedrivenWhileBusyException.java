package io.fanin.detector;

import io.fanin.core.lease.Leases;
import io.fanin.model.table.TableName;

/**
 * Fails an execution whose table another one is working on, if it has begun its run before, or was redriven: after a
 * success it could not be redriven. Nothing has been changed.
 */
public final class RedrivenWhileBusyException extends RuntimeException {

    RedrivenWhileBusyException(TableName table, Leases.HeldBy other) {
        super(other.busyMessage(table));
    }
}
