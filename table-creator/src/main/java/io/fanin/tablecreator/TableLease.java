package io.fanin.tablecreator;

import io.fanin.core.lease.Leases;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunId;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.core.table.TableName;

/** The lease of a table, without which the table-creator does nothing to it. */
record TableLease(Leases leases) {

    /**
     * Takes the lease, which the execution may have already.
     *
     * @throws TableBusyException when another execution is working on the table
     */
    Leases.Acquired take(TableName table, Execution execution) {
        return acquired(table, leases.acquire(table, execution));
    }

    /**
     * The same for an execution that may have had it since the manifest of its pass was written.
     *
     * @throws TableBusyException when another execution is working on the table
     */
    Leases.Acquired take(TableName table, Execution execution, PassManifest manifest) {
        return manifest.lease()
                .map(version -> acquired(table, leases.acquire(table, execution, version)))
                .orElseGet(() -> take(table, execution));
    }

    private static Leases.Acquired acquired(TableName table, Leases.Acquisition acquisition) {
        return switch (acquisition) {
            case Leases.Acquired lease -> lease;
            case Leases.HeldBy other -> throw new TableBusyException(table, other.holder());
        };
    }

    /**
     * To be asked where somebody else has changed the table's record, or the table, meanwhile.
     *
     * @throws TableBusyException when that one has taken the lease since
     */
    void requireHeld(Leases.Acquired lease, TableName table, RunId run) {
        if (!leases.isHeld(lease)) {
            throw new TableBusyException(table, run);
        }
    }

    void release(Leases.Acquired lease) {
        leases.release(lease);
    }
}
