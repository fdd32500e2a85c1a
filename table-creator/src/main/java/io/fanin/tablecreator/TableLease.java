package io.fanin.tablecreator;

import io.fanin.core.lease.ExecutionEndedException;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;

/** The lease of a table, without which the table-creator does not change it. */
record TableLease(Leases leases) {

    /**
     * Takes the lease, which the execution may already hold.
     *
     * @throws TableBusyException when another execution is working on the table
     */
    Leases.Acquired take(TableName table, Execution execution) {
        return acquired(table, leases.acquire(table, execution));
    }

    /**
     * Takes it for an execution that may have held it since its pass's manifest was written.
     *
     * @throws TableBusyException when another execution is working on the table
     * @throws ExecutionEndedException when the execution has ended without it
     */
    Leases.Acquired take(TableName table, Execution execution, PassManifest manifest) {
        return acquired(
                table,
                manifest.lease()
                        .map(version -> leases.reacquire(table, execution, version))
                        .orElseGet(() -> leases.reacquire(table, execution)));
    }

    private static Leases.Acquired acquired(TableName table, Leases.Acquisition acquisition) {
        return switch (acquisition) {
            case Leases.Acquired lease -> lease;
            case Leases.HeldBy other -> throw new TableBusyException(table, other.holder());
        };
    }

    /**
     * Call it when another writer has changed the table or its record.
     *
     * @throws TableBusyException when that writer has taken the lease since
     */
    void requireHeld(Leases.Acquired lease, TableName table, RunId run) {
        if (!leases.isHeld(lease)) {
            throw new TableBusyException(table, run);
        }
    }

    /** Leaves it as it was found: an execution that held it before keeps it for what it does beside this invocation. */
    void leave(Leases.Acquired lease) {
        if (!lease.wasHeld()) {
            release(lease);
        }
    }

    void release(Leases.Acquired lease) {
        leases.release(lease);
    }
}
