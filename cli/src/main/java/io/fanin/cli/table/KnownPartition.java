package io.fanin.cli.table;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.PartitionValues;
import java.util.Optional;

/**
 * A partition as the catalog and the table's record have it.
 *
 * @param registered empty if it is not registered
 * @param outstanding its last failure; empty if it has not failed since it was registered
 */
record KnownPartition(
        PartitionValues values,
        Optional<GlueCatalog.DatedPartition> registered,
        Optional<OutstandingFailure> outstanding) {

    /** A partition that is not registered and has not failed. */
    static KnownPartition unprocessed(PartitionValues values) {
        return new KnownPartition(values, Optional.empty(), Optional.empty());
    }
}
