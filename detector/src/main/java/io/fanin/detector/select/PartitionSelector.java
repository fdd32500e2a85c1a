package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.inspect.Inspected;
import io.fanin.detector.inspect.Inspections;
import io.fanin.detector.inspect.WantedPartition;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the input of the plan's decisions on every observed partition: its registration, and its objects. Partitions
 * are read in chunks, with combined requests to the catalog and S3.
 */
public final class PartitionSelector implements Closeable {

    /** The maximum number of partitions that Glue returns by their values in one request. */
    private static final int CHUNK = 1000;

    private final DetectionPlan plan;
    private final NamedPlaces places;
    private final EquivalentValues forms;
    private final CatalogPartitions catalog;
    private final Inspections inspections;
    private final VanishedPartitions vanished;
    private final UnverifiedPartitions unverified;
    private Set<PartitionValues> toVerify;
    private boolean isHandedOver;

    /**
     * A selector that has selected nothing.
     *
     * @param places the data of the table's partitions
     * @param skips receives the skipped names
     */
    public PartitionSelector(
            SelectionRules rules,
            NamedPlaces places,
            PublishedTableState published,
            SkipLog skips,
            CatalogPartitions catalog,
            Inspections inspections,
            VanishedPartitions vanished,
            UnverifiedPartitions unverified) {
        this.plan =
                new DetectionPlan(rules, inspections.rules(), places.mapping(), published, catalog.foreign(), skips);
        this.places = places;
        this.forms = published.forms();
        this.catalog = catalog;
        this.inspections = inspections;
        this.vanished = vanished;
        this.unverified = unverified;
    }

    /** Selects from all observations, and from the earlier failures that are not among them. */
    public DetectionResult select(Iterator<ObservedPartition> observations) {
        List<ObservedPartition> chunk = new ArrayList<>();
        while (observations.hasNext()) {
            chunk.add(observations.next());
            if (chunk.size() == CHUNK) {
                take(chunk);
                chunk.clear();
            }
        }
        take(chunk);
        decide(unseen());
        unverified.toVerify().forEach(plan::verify);
        DetectionResult detected = plan.detected(vanished, unverified);
        isHandedOver = true;
        return detected;
    }

    /** The partitions from events that need no further work. */
    public Set<Partition> settled() {
        return plan.settled();
    }

    /** Closes the plan; the partitions to process stay open for the caller, unless an error occurred. */
    @Override
    public void close() {
        inspections.close();
        if (!isHandedOver) {
            plan.close();
        }
    }

    private void take(List<ObservedPartition> chunk) {
        List<ObservedPartition> known = withRegistrations(chunk);
        vanished.take(known, decide(known), this::toVerify);
    }

    /**
     * The canonical values of the partitions to verify. Kept once computed: the catalog has been read before the first
     * chunk.
     */
    private Set<PartitionValues> toVerify() {
        if (toVerify == null) {
            toVerify = unverified.toVerify().stream()
                    .map(candidate -> forms.canonical(candidate.partition().values()))
                    .collect(Collectors.toSet());
        }
        return toVerify;
    }

    private List<Inspected> decide(List<ObservedPartition> observed) {
        List<WantedPartition> wanted = withoutGonePrefixes(withMovedData(observed)).stream()
                .flatMap(one -> plan.decide(one).stream())
                .toList();
        List<Inspected> inspected = inspections.inspect(wanted);
        inspected.forEach(plan::conclude);
        return inspected;
    }

    /**
     * Adds prefixes to which the data of retried failures may have moved. Where these cannot be listed, and the old
     * prefix is empty, the failure is left as it is: a retry there would end it.
     */
    private List<ObservedPartition> withMovedData(List<ObservedPartition> observed) {
        if (observed.stream().noneMatch(plan::mayHaveMoved)) {
            return observed.stream().map(plan::withPlaceOfFailure).toList();
        }
        List<Optional<ObservedPartition>> moved = inspections.each(observed, this::withMovedData);
        List<Partition> former = IntStream.range(0, observed.size())
                .filter(i -> moved.get(i).isEmpty())
                .mapToObj(i -> plan.placeOfFailure(observed.get(i)))
                .toList();
        Set<Partition> there = former.isEmpty() ? Set.of() : Set.copyOf(inspections.holding(former));
        return IntStream.range(0, observed.size())
                .mapToObj(i -> moved.get(i)
                        .or(() -> Optional.of(observed.get(i)).filter(one -> there.contains(plan.placeOfFailure(one)))))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if the prefixes to which its data may have moved cannot be listed. */
    private Optional<ObservedPartition> withMovedData(ObservedPartition one) {
        return plan.mayHaveMoved(one)
                ? places.renamed(one.canonical()).map(one::at)
                : Optional.of(plan.withPlaceOfFailure(one));
    }

    /** An event may name a prefix that was removed since: then the others are not in conflict with it. */
    private List<ObservedPartition> withoutGonePrefixes(List<ObservedPartition> observed) {
        List<Partition> unsure = observed.stream()
                .filter(plan::mayHaveGonePrefixes)
                .flatMap(one -> one.prefixes().stream())
                .toList();
        if (unsure.isEmpty()) {
            return observed;
        }
        Set<Partition> there = Set.copyOf(inspections.holding(unsure));
        return observed.stream()
                .map(one -> plan.mayHaveGonePrefixes(one) ? plan.settleGone(one, there) : one)
                .toList();
    }

    /** The observations, with the catalog's state of those that were not looked up yet. */
    private List<ObservedPartition> withRegistrations(List<ObservedPartition> chunk) {
        List<PartitionValues> unknown = chunk.stream()
                .filter(plan::isRegistrationUnknown)
                .map(observed -> observed.prefixes().getFirst().values())
                .toList();
        if (unknown.isEmpty()) {
            return chunk;
        }
        Map<PartitionValues, RegisteredPartition> registered = catalog.find(unknown);
        return chunk.stream()
                .map(observed -> plan.isRegistrationUnknown(observed) ? observed.registeredAs(registered) : observed)
                .toList();
    }

    /** The failures that were not observed, with the catalog's state of their partitions. */
    private List<ObservedPartition> unseen() {
        List<OutstandingFailure> unseen = plan.unseen();
        if (unseen.isEmpty()) {
            return List.of();
        }
        Map<PartitionValues, RegisteredPartition> registered =
                catalog.find(unseen.stream().map(OutstandingFailure::values).toList());
        return unseen.stream()
                .map(failure -> new ObservedPartition(
                        forms.canonical(failure.values()),
                        List.of(),
                        Optional.ofNullable(registered.get(failure.values())),
                        false,
                        List.of()))
                .toList();
    }
}
