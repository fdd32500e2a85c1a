package io.fanin.detector.detect;

import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.Waivers;
import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.detector.source.KnownPartitions;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.spec.WaiverRequest.Waive;
import io.fanin.model.spec.detection.NamedPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The partitions to waive or unwaive, with the present content of those to waive, for which each is listed. There is
 * nothing to process.
 *
 * @param time the run's reference time
 */
public record WaiverDetection(
        WaiverRequest request,
        NamedPlaces places,
        CatalogPartitions catalog,
        PublishedTableState published,
        Inventories inventories,
        Instant time) {

    /** The detection, and the change to the table's waivers. */
    public record Found(DetectionResult detected, WaiverChange change) {}

    private record Named(String path, Waive waive, PartitionValues values) {}

    /**
     * Determines the change.
     *
     * @throws SpecException if a partition cannot be waived
     */
    public Found detect() {
        Map<PartitionValues, Named> named = named();
        WaiverChange change = new WaiverChange(waive(named), unwaive(named.keySet()));
        NextStep next = change.equals(WaiverChange.NONE)
                ? published.withoutWork(published.isStale(Map.of()))
                : NextStep.REGISTER;
        return new Found(
                DetectionResult.unseen(
                        PendingPartitions.of(List.of(), published.keys()),
                        next,
                        LatestPeriod.at(time),
                        published.record()),
                change);
    }

    /** The waivers that are new or differ from the present ones. */
    private List<Waiver> waive(Map<PartitionValues, Named> named) {
        Map<PartitionValues, RecordedWaiver> before = Waivers.byValues(published.record(), published.forms());
        requireRoom(before.keySet(), named.keySet());
        Map<PartitionValues, Partition> partitions = partitions(named);
        // Those that failed before a layout was corrected may lie in the folder of another one.
        Map<String, Long> prefixes = partitions.values().stream()
                .collect(Collectors.toMap(Partition::dataPrefix, partition -> Long.MAX_VALUE, (one, same) -> one));
        Map<String, Inspection> held = inventories.inspect(places.bucket(), prefixes, Marker.NONE);
        List<Waiver> waivers = new ArrayList<>();
        partitions.forEach((canonical, partition) -> {
            Waive waive = named.get(canonical).waive;
            Waiver waiver = new Waiver(
                    partition,
                    waive.reason(),
                    waive.by(),
                    time,
                    waive.untilMoment(),
                    held.get(partition.dataPrefix()).inventory().orElseThrow());
            boolean isWaivedSo = Optional.ofNullable(before.get(canonical))
                    .filter(waived -> waived.waiver().agreesWith(waiver))
                    .isPresent();
            if (!isWaivedSo) {
                waivers.add(waiver);
            }
        });
        return waivers;
    }

    private Map<PartitionValues, Named> named() {
        Map<PartitionValues, Named> named = new LinkedHashMap<>();
        for (int i = 0; i < request.waived().size(); i++) {
            Waive waive = request.waived().get(i);
            String path = "$.waive[" + i + "]";
            if (waive.untilMoment().filter(until -> !until.isAfter(time)).isPresent()) {
                throw SpecException.at(
                        path + ".until",
                        "expected a moment after " + time + ", found "
                                + waive.until().orElseThrow());
            }
            Named one = new Named(path + ".partition", waive, values(path + ".partition", waive.partition()));
            if (named.putIfAbsent(published.forms().canonical(one.values), one) != null) {
                throw refused(one, "is named twice");
            }
        }
        return named;
    }

    private PartitionValues values(String path, NamedPartition partition) {
        try {
            return partition.valuesFor(published.keys());
        } catch (IllegalArgumentException e) {
            throw SpecException.at(path, e.getMessage());
        }
    }

    private static void requireRoom(Set<PartitionValues> before, Set<PartitionValues> named) {
        long count = Stream.concat(before.stream(), named.stream()).distinct().count();
        if (count > Waivers.MAX) {
            throw SpecException.at(
                    "$.waive",
                    "expected at most " + Waivers.MAX
                            + " waived partitions of a table, found " + count + ", " + before.size()
                            + " of which are waived already");
        }
    }

    private Map<PartitionValues, Partition> partitions(Map<PartitionValues, Named> named) {
        KnownPartitions known = new KnownPartitions(
                published.forms(),
                published.failures(),
                catalog.find(named.values().stream().map(Named::values).toList()));
        Map<PartitionValues, Partition> partitions = new LinkedHashMap<>();
        named.forEach((canonical, one) -> partitions.put(canonical, partition(one, known)));
        return partitions;
    }

    private Partition partition(Named named, KnownPartitions known) {
        Optional<OutstandingFailure> failure = known.failureOf(named.values);
        boolean isRegisteredSince = known.registrationOf(named.values)
                .filter(now -> failure.filter(before -> !before.healedBy(now)).isEmpty())
                .isPresent();
        if (isRegisteredSince) {
            throw refused(
                    named, "is registered: expected a partition that is not registered, or has failed since it was");
        }
        List<Partition> there = places.there(named.values, known);
        if (there.size() > 1) {
            throw refused(
                    named,
                    "lies at more than one prefix: "
                            + there.stream().map(Partition::prefix).collect(Collectors.joining(", ")));
        }
        return places.place(named.values, there, known, named.path);
    }

    private SpecException refused(Named named, String why) {
        return SpecException.at(named.path, named.values.nameFor(published.keys()) + " " + why);
    }

    /**
     * The waived partitions among those to unwaive.
     *
     * @param waived by the same input
     */
    private List<PartitionValues> unwaive(Set<PartitionValues> waived) {
        Map<PartitionValues, RecordedWaiver> before = Waivers.byValues(published.record(), published.forms());
        List<PartitionValues> unwaived = new ArrayList<>();
        for (int i = 0; i < request.unwaived().size(); i++) {
            String path = "$.unwaive[" + i + "]";
            PartitionValues values = values(path, request.unwaived().get(i));
            if (waived.contains(published.forms().canonical(values))) {
                throw SpecException.at(
                        path,
                        values.nameFor(published.keys())
                                + " is waived by the same input: unwaive it first, and waive it in another execution");
            }
            Optional.ofNullable(before.get(published.forms().canonical(values)))
                    .map(RecordedWaiver::values)
                    .ifPresent(unwaived::add);
        }
        return unwaived;
    }
}
