package io.fanin.detector.detect;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.detector.select.Conflicts;
import io.fanin.detector.select.Detected;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.detector.select.PublishedTableState;
import io.fanin.detector.select.RegisteredLookup;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.DetectionSpec;
import io.fanin.model.spec.SpecException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions that the spec names, whether S3 has them or not, and registered or not: so a partition is processed once
 * more. Nothing is listed but the names beside those that may be written in another form.
 */
record ExplicitDetection(
        DetectionSpec.Explicit spec,
        RegisteredLookup catalog,
        PublishedTableState published,
        NamedPlaces places,
        SkipLog skips,
        LocalDateTime horizon)
        implements Detection {

    @Override
    public Detected detect() {
        EquivalentValues forms = published.forms();
        Map<PartitionValues, Named> named = named(forms);
        Map<PartitionValues, RegisteredPartition> known =
                catalog.find(named.values().stream().map(Named::values).toList());
        Map<PartitionValues, OutstandingFailure> failed = published.failures();
        List<Candidate> candidates = named.entrySet().stream()
                .flatMap(entry -> candidate(
                        entry.getValue(),
                        Optional.ofNullable(failed.get(entry.getKey())).map(OutstandingFailure::partition),
                        Optional.ofNullable(known.get(entry.getValue().values())))
                        .stream())
                .toList();
        return Detected.unseen(
                PendingPartitions.of(candidates, published.keys()),
                published.withoutWork(published.isStale(known)),
                horizon,
                skips);
    }

    /** Each partition that is named, once. */
    private Map<PartitionValues, Named> named(EquivalentValues forms) {
        Map<PartitionValues, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < spec.partitions().size(); i++) {
            PartitionValues values = spec.partitions().get(i).valuesFor(published.keys());
            named.putIfAbsent(forms.canonical(values), new Named(i, values));
        }
        return named;
    }

    private Optional<Candidate> candidate(
            Named named, Optional<Partition> failed, Optional<RegisteredPartition> known) {
        List<Partition> there = places.there(named.values());
        if (there.size() > 1) {
            Conflicts.of(there).forEach(skips::add);
            return Optional.empty();
        }
        Reason withoutFailure = known.isPresent() ? Reason.AGAIN : Reason.NEW;
        return Optional.of(new Candidate(
                place(named, there, failed, known), failed.isPresent() ? Reason.RETRIED : withoutFailure));
    }

    private Partition place(
            Named named, List<Partition> there, Optional<Partition> failed, Optional<RegisteredPartition> known) {
        try {
            return places.place(named.values(), there, failed, known);
        } catch (IllegalArgumentException e) {
            throw new SpecException(
                    SpecException.at("$.detection.partitions[" + named.index() + "]", e.getMessage())
                            .getMessage(),
                    e);
        }
    }

    private record Named(int index, PartitionValues values) {}
}
