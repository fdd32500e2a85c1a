package io.fanin.detector;

import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.Reason;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.SpecException;
import java.time.LocalDateTime;
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
        List<PartitionKey> keys,
        Intake intake,
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
        Map<PartitionValues, Partition> failed = standing.failed();
        List<Candidate> candidates = named.entrySet().stream()
                .map(entry -> candidate(
                        entry.getValue(),
                        Optional.ofNullable(failed.get(entry.getKey())),
                        Optional.ofNullable(known.get(entry.getValue().values()))))
                .toList();
        return Detected.unseen(Candidates.of(candidates, keys), standing.withoutWork(standing.isStale(known)), horizon);
    }

    /** Each partition that is named, once. */
    private Map<PartitionValues, Named> named(ValueForms forms) {
        Map<PartitionValues, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < spec.partitions().size(); i++) {
            PartitionValues values = spec.partitions().get(i).valuesFor(keys);
            named.putIfAbsent(forms.canonical(values), new Named(i, values));
        }
        return named;
    }

    private Candidate candidate(Named named, Optional<Partition> failed, Optional<RegisteredPartition> known) {
        PartitionValues values = known.map(RegisteredPartition::values)
                .or(() -> failed.map(Partition::values))
                .orElse(named.values());
        Partition partition = failed.map(intake::recalled)
                .or(() -> known.flatMap(intake::registered))
                .orElseGet(() -> placed(named));
        Reason withoutFailure = known.isPresent() ? Reason.AGAIN : Reason.NEW;
        return new Candidate(intake.restated(partition, values), failed.isPresent() ? Reason.RETRIED : withoutFailure);
    }

    private Partition placed(Named named) {
        try {
            return intake.placed(named.values());
        } catch (IllegalArgumentException e) {
            throw new SpecException(
                    SpecException.at("$.detection.partitions[" + named.index() + "]", e.getMessage())
                            .getMessage(),
                    e);
        }
    }

    private record Named(int index, PartitionValues values) {}
}
