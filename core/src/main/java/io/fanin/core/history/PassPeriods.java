package io.fanin.core.history;

import io.fanin.core.record.ProgressScope;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The changes that a pass makes to a table's {@link Calendar}: registered and deregistered partitions, and open
 * periods.
 *
 * @param ended when the pass had ended
 * @param scope the table
 * @param registered the partitions that it registered
 * @param gone the partitions that it deregistered
 * @param detection the result of a scan of the whole table; empty if there was none
 */
public record PassPeriods(
        RunId run,
        int pass,
        Instant ended,
        ProgressScope scope,
        List<PartitionKey> keys,
        List<Registered> registered,
        Collection<PartitionValues> gone,
        Optional<DetectionReport> detection) {

    public PassPeriods {
        keys = List.copyOf(keys);
        registered = List.copyOf(registered);
        gone = List.copyOf(gone);
    }

    /**
     * A partition that the pass registered.
     *
     * @param isAgain whether a run had already registered it, with other data
     * @param rows empty if they were not counted
     */
    public record Registered(PartitionValues values, boolean isAgain, OptionalLong rows) {}
}
