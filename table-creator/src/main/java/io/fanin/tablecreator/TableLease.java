package io.fanin.tablecreator;

import io.fanin.core.lease.ExecutionEndedException;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;

/** The lease of a table, which the table-creator holds whenever it changes the table. */
record TableLease(Leases leases) {

    /**
     * Takes the lease, which the execution may already hold.
     *
     * @throws TableBusyException if another execution holds it
     */
    Leases.Acquired take(TableName table, Execution execution) {
        return acquired(table, leases.acquire(table, execution));
    }

    /**
     * Takes the lease for an execution that may have held it since its pass's manifest was written.
     *
     * @throws TableBusyException if another execution holds it
     * @throws ExecutionEndedException if the execution has ended without it
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
            case Leases.HeldBy other -> throw new TableBusyException(table, other);
        };
    }

    /**
     * Checks the lease after another writer has changed the table or its record.
     *
     * @throws TableBusyException if that writer has taken the lease since
     */
    void requireHeld(Leases.Acquired lease, TableName table, RunId run) {
        if (!leases.isHeld(lease)) {
            throw new TableBusyException(table, run);
        }
    }

    /** Restores the lease's earlier state: an execution that held it before keeps it. */
    void leave(Leases.Acquired lease) {
        if (!lease.wasHeld()) {
            release(lease);
        }
    }

    void release(Leases.Acquired lease) {
        leases.release(lease);
    }
}
