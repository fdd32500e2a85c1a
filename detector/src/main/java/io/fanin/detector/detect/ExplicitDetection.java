package io.fanin.detector.detect;

import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.Conflicts;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.detector.source.KnownPartitions;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions that the spec names, whether S3 has them or not, and registered or not, so partitions can be processed
 * again. Nothing is listed except levels at which the values may be spelled differently, and all levels for a partition
 * that is neither known nor where the layout writes it.
 */
record ExplicitDetection(
        DetectionSpec.Explicit spec,
        CatalogPartitions catalog,
        PublishedTableState published,
        NamedPlaces places,
        Conflicts conflicts,
        SkipLog skips,
        LocalDateTime horizon)
        implements Detection {

    @Override
    public DetectionResult detect() {
        EquivalentValues forms = published.forms();
        Map<PartitionValues, Named> named = named(forms);
        KnownPartitions known = new KnownPartitions(
                forms,
                published.failures(),
                catalog.find(named.values().stream().map(Named::values).toList()));
        List<Candidate> candidates = named.values().stream()
                .flatMap(one -> candidate(one, known).stream())
                .toList();
        return DetectionResult.unseen(
                PendingPartitions.of(candidates, published.keys()),
                published.withoutWork(published.isStale(known.registered())),
                horizon,
                published.record(),
                skips);
    }

    /** The named partitions, each once. */
    private Map<PartitionValues, Named> named(EquivalentValues forms) {
        Map<PartitionValues, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < spec.partitions().size(); i++) {
            PartitionValues values = spec.partitions().get(i).valuesFor(published.keys());
            named.putIfAbsent(forms.canonical(values), new Named(i, values));
        }
        return named;
    }

    private Optional<Candidate> candidate(Named named, KnownPartitions known) {
        List<Partition> there = places.there(named.values(), known);
        if (there.size() > 1) {
            known.registrationOf(named.values())
                    .map(registered -> conflicts.besides(registered, there))
                    .orElseGet(() -> conflicts.unregistered(there))
                    .forEach(skips::add);
            return Optional.empty();
        }
        Partition partition =
                places.place(named.values(), there, known, "$.detection.partitions[" + named.index() + "]");
        Reason reason = reason(named.values(), known);
        Optional<Skip> left = known.registrationOf(named.values())
                .filter(registered -> known.failureOf(named.values())
                        .filter(failure -> !failure.healedBy(registered))
                        .isEmpty())
                .flatMap(registered -> catalog.foreign().whyLeft(registered, partition.dataPrefix()));
        left.ifPresent(skips::add);
        return left.isPresent() ? Optional.empty() : Optional.of(new Candidate(partition, reason));
    }

    private static Reason reason(PartitionValues values, KnownPartitions known) {
        if (known.failureOf(values).isPresent()) {
            return Reason.RETRIED;
        }
        return known.registrationOf(values).isPresent() ? Reason.AGAIN : Reason.NEW;
    }

    private record Named(int index, PartitionValues values) {}
}
