package io.fanin.tablecreator;

import io.fanin.core.lease.Leases;
import io.fanin.core.run.Execution;
import io.fanin.core.table.TableName;

/** The lease of a table, without which the table-creator does nothing to it. */
record TableLease(Leases leases) {

    /**
     * Takes the lease, which the execution may have already.
     *
     * @throws TableBusyException when another execution is working on the table
     */
    Leases.Acquired take(TableName table, Execution execution) {
        return switch (leases.acquire(table, execution)) {
            case Leases.Acquired lease -> lease;
            case Leases.HeldBy other -> throw new TableBusyException(table, other.holder());
        };
    }

    void release(Leases.Acquired lease) {
        leases.release(lease);
    }
}
