package io.fanin.detector;

import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.layout.Layout;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.Reason;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.SpecException;
import io.fanin.core.table.TableDefinition;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions that the spec names, whether S3 has them or not, and registered or not: so a partition is processed once
 * more. Nothing is listed.
 *
 */
record ExplicitDetection(
        DetectionSpec.Explicit spec,
        TableDefinition table,
        Selection.RegisteredLookup catalog,
        TableStanding standing,
        LocalDateTime horizon)
        implements Detection {

    @Override
    public Detected detect() {
        ValueForms forms = standing.forms();
        Map<PartitionValues, Named> named = named(forms);
        Map<PartitionValues, RegisteredPartition> known =
                catalog.find(named.values().stream().map(Named::values).toList());
        Map<PartitionValues, Partition> failed = new HashMap<>();
        standing.record().outstanding().stream()
                .map(OutstandingFailure::partition)
                .forEach(partition -> failed.putIfAbsent(forms.canonical(partition.values()), partition));
        List<Candidate> candidates = named.entrySet().stream()
                .map(entry -> candidate(
                        entry.getValue(),
                        Optional.ofNullable(failed.get(entry.getKey())),
                        Optional.ofNullable(known.get(entry.getValue().values()))
                                .map(RegisteredPartition::values)))
                .toList();
        return Detected.unseen(Candidates.of(candidates, table.keys()), standing.isStale(known), horizon);
    }

    /** Each partition that is named, once. */
    private Map<PartitionValues, Named> named(ValueForms forms) {
        Map<PartitionValues, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < spec.partitions().size(); i++) {
            PartitionValues values = spec.partitions().get(i).valuesFor(table.keys());
            named.putIfAbsent(forms.canonical(values), new Named(i, values));
        }
        return named;
    }

    private Candidate candidate(Named named, Optional<Partition> failed, Optional<PartitionValues> known) {
        PartitionValues values = known.or(() -> failed.map(Partition::values)).orElse(named.values());
        String prefix = failed.map(Partition::prefix).orElseGet(() -> prefix(named));
        Reason withoutFailure = known.isPresent() ? Reason.AGAIN : Reason.NEW;
        return new Candidate(new Partition(values, prefix), failed.isPresent() ? Reason.RETRIED : withoutFailure);
    }

    private String prefix(Named named) {
        try {
            return table.location().prefix() + Layout.of(table).path(named.values());
        } catch (IllegalArgumentException e) {
            throw new SpecException(
                    SpecException.at("$.detection.partitions[" + named.index() + "]", e.getMessage())
                            .getMessage(),
                    e);
        }
    }

    private record Named(int index, PartitionValues values) {}
}
