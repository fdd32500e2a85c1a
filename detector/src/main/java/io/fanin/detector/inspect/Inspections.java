package io.fanin.detector.inspect;

import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.parallel.Workers;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Utf8Order;
import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Inspects partitions of one bucket, several at a time, with the requests that the rules need for a verdict, which may
 * be none.
 */
public final class Inspections implements Closeable {

    private static final int PARALLEL = 16;

    private final InspectionRules rules;
    private final Inventories inventories;
    private final String bucket;
    private final ExecutorService lookers;

    /** @param workers send the requests */
    public Inspections(InspectionRules rules, Inventories inventories, String bucket, Workers workers) {
        this.rules = rules;
        this.inventories = inventories;
        this.bucket = bucket;
        this.lookers = workers.open(PARALLEL);
    }

    /** Inspects the partitions; returns the results in their order. */
    public List<Inspected> inspect(List<WantedPartition> partitions) {
        List<Future<Optional<Verdict>>> early = partitions.stream()
                .map(wanted -> lookers.submit(() -> withoutListing(wanted)))
                .toList();
        List<Optional<Verdict>> verdicts = early.stream().map(Workers::await).toList();
        List<WantedPartition> listed = IntStream.range(0, partitions.size())
                .filter(i -> verdicts.get(i).isEmpty())
                .mapToObj(partitions::get)
                .toList();
        Map<String, Inspection> inspections = list(listed);
        return IntStream.range(0, partitions.size())
                .mapToObj(i -> new Inspected(
                        partitions.get(i).candidate(),
                        verdicts.get(i)
                                .orElseGet(() -> rules.verdict(
                                        partitions.get(i),
                                        inspections.get(partitions.get(i).prefix())))))
                .toList();
    }

    @Override
    public void close() {
        lookers.shutdownNow();
    }

    /** The verdict if it is known without listing the partition's objects; empty otherwise. */
    private Optional<Verdict> withoutListing(WantedPartition wanted) {
        S3Location prefix = new S3Location(bucket, wanted.prefix());
        Optional<Verdict> elsewhere = elsewhere(wanted.location(), prefix);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        return switch (rules.look(wanted)) {
            case InspectionRules.Look.Decided(Verdict verdict) -> Optional.of(verdict);
            case InspectionRules.Look.AskWhetherGone ask ->
                Optional.of(inventories.holdsAnything(prefix) ? new Verdict.Ready() : new Verdict.Gone());
            case InspectionRules.Look.AskForMarker(String marker) ->
                Optional.of(rules.ofMarker(inventories.markerThere(prefix, marker)));
            case InspectionRules.Look.ListObjects list -> Optional.empty();
        };
    }

    /**
     * The verdict on a partition that may be registered at another prefix: if only some prefixes were seen, its
     * registered location may still hold objects.
     */
    private Optional<Verdict> elsewhere(WantedPartition.Location location, S3Location seen) {
        return switch (location) {
            case WantedPartition.Location.Unknown unknown -> Optional.empty();
            case WantedPartition.Location.At(String uri) ->
                S3Location.find(uri)
                        .filter(registered -> registered.bucket().equals(bucket) && !registered.equals(seen))
                        .filter(inventories::holdsAnything)
                        .map(registered -> new Verdict.LiesElsewhere(registered.prefix()));
        };
    }

    private Map<String, Inspection> list(List<WantedPartition> partitions) {
        Marker marker =
                rules.readiness().marker().<Marker>map(Marker.Named::new).orElse(Marker.NONE);
        SortedMap<String, Long> limits = new TreeMap<>(Utf8Order.INSTANCE);
        partitions.forEach(wanted -> limits.put(wanted.prefix(), rules.limit(wanted)));
        List<Future<Map<String, Inspection>>> looks = InspectionBatches.of(limits).stream()
                .map(batch -> lookers.submit(() -> inventories.inspect(bucket, batch, marker)))
                .toList();
        Map<String, Inspection> inspections = new HashMap<>();
        looks.forEach(look -> inspections.putAll(Workers.await(look)));
        return inspections;
    }
}
