package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import java.util.Map;
import java.util.Optional;

/**
 * The registrations and failures of partitions that a user names.
 *
 * @param failures by the form in which values are compared
 * @param registered by the values as named
 */
public record KnownPartitions(
        EquivalentValues forms,
        Map<PartitionValues, OutstandingFailure> failures,
        Map<PartitionValues, RegisteredPartition> registered) {

    /** The failure of an outstanding or waived partition. */
    public Optional<OutstandingFailure> failureOf(PartitionValues named) {
        return Optional.ofNullable(failures.get(forms.canonical(named)));
    }

    public Optional<RegisteredPartition> registrationOf(PartitionValues named) {
        return Optional.ofNullable(registered.get(named));
    }
}
