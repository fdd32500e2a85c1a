package io.fanin.detector.inspect;

import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.PartitionVersion;
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
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Inspects partitions of one bucket, several at a time, with the requests that the rules need for a verdict, which may
 * be none.
 */
public final class Inspections implements Closeable {

    private static final int PARALLEL = 16;

    /**
     * The maximum number of partitions that are each asked for their marker. Of more, listings show it that go on from
     * one into the next.
     */
    private static final int ASKED_ONE_BY_ONE = 100;

    private final InspectionRules rules;
    private final Inventories inventories;
    private final String bucket;
    private final ExecutorService threads;

    /** @param workers send the requests */
    public Inspections(InspectionRules rules, Inventories inventories, String bucket, Workers workers) {
        this.rules = rules;
        this.inventories = inventories;
        this.bucket = bucket;
        this.threads = workers.open(PARALLEL);
    }

    /** The rules for the verdicts. */
    public InspectionRules rules() {
        return rules;
    }

    /** Inspects the partitions; returns the results in their order. */
    public List<Inspected> inspect(List<WantedPartition> partitions) {
        List<PartialVerdict> unasked = Workers.each(threads, partitions, this::partialVerdict);
        List<PartialVerdict> early =
                unasked.size() > ASKED_ONE_BY_ONE ? unasked : Workers.each(threads, unasked, this::askedForMarker);
        Map<String, Inspection> inspections = list(early.stream()
                .filter(one -> one.verdict().isEmpty())
                .map(PartialVerdict::wanted)
                .toList());
        return early.stream()
                .map(one -> new Inspected(
                        one.wanted().candidate(),
                        one.verdict()
                                .orElseGet(() -> rules.verdict(
                                        one.wanted(),
                                        inspections.get(one.wanted().prefix())))))
                .toList();
    }

    /** A partition with its verdict, if that is known without listing its objects; empty otherwise. */
    private record PartialVerdict(WantedPartition wanted, Optional<Verdict> verdict) {}

    /** The results of work that takes requests to S3, side by side and in order. */
    public <A, B> List<B> each(List<A> all, Function<A, B> work) {
        return Workers.each(threads, all, work);
    }

    /** The prefixes among these that hold any object, in their order. */
    public List<Partition> holding(List<Partition> prefixes) {
        List<Boolean> held = Workers.each(
                threads, prefixes, one -> inventories.holdsAnything(new S3Location(bucket, one.dataPrefix())));
        return IntStream.range(0, prefixes.size())
                .filter(held::get)
                .mapToObj(prefixes::get)
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    /**
     * Checks a partition's registered location first, if it is not the prefix that was seen. If that is empty, the
     * partition has moved, whatever its content. If it is in the table's folder and not empty, either may be the right
     * one.
     */
    private PartialVerdict partialVerdict(WantedPartition wanted) {
        S3Location prefix = new S3Location(bucket, wanted.prefix());
        return switch (wanted.location()) {
            case WantedPartition.Location.Unknown unknown -> partialVerdict(wanted, prefix);
            case WantedPartition.Location.Outside(S3Location folder, boolean compared) -> {
                WantedPartition known = switch (contentOf(folder)) {
                    case SOMETHING -> wanted;
                    case UNKNOWN -> wanted.registeredOutOfSight();
                    case NOTHING -> rules.nothingIsLeft(wanted);
                };
                yield compared || !known.isOutside()
                        ? partialVerdict(known, prefix)
                        : new PartialVerdict(known, Optional.of(known.leftAsItIs()));
            }
            case WantedPartition.Location.OutOfSight hidden -> partialVerdict(wanted, prefix);
            case WantedPartition.Location.At(String uri) ->
                elsewhere(uri, prefix)
                        .map(registered -> inventories.holdsAnything(registered)
                                ? new PartialVerdict(wanted, Optional.of(besides(registered, prefix)))
                                : partialVerdict(wanted.comparedWithNothing(), prefix))
                        .orElseGet(() -> partialVerdict(wanted, prefix));
        };
    }

    /**
     * An event may name a prefix from which data has moved to the one that is registered. If the registered one is a
     * version below, the table's processor has changed to one that makes no versions, and refuses folders with some.
     */
    private Verdict besides(S3Location registered, S3Location seen) {
        if (seen.holds(registered)
                && PartitionVersion.holds(
                        registered.prefix().substring(seen.prefix().length()))) {
            return new Verdict.Ready();
        }
        return rules.byEvents() && !inventories.holdsAnything(seen)
                ? new Verdict.Gone()
                : new Verdict.LiesElsewhere(registered.prefix());
    }

    private PartialVerdict partialVerdict(WantedPartition wanted, S3Location prefix) {
        return new PartialVerdict(wanted, withoutListing(wanted, prefix));
    }

    /**
     * The content of a former location; unknown in a bucket that the stack may not list, as one that the table has
     * left.
     */
    private enum Content {
        SOMETHING,
        NOTHING,
        UNKNOWN
    }

    private Content contentOf(S3Location folder) {
        try {
            return inventories.holdsAnything(folder) ? Content.SOMETHING : Content.NOTHING;
        } catch (S3AccessException e) {
            return e.isBucketMissing() ? Content.NOTHING : Content.UNKNOWN;
        }
    }

    private Optional<Verdict> withoutListing(WantedPartition wanted, S3Location prefix) {
        return switch (rules.next(wanted)) {
            case InspectionRules.NextRequest.Decided(Verdict verdict) -> Optional.of(verdict);
            case InspectionRules.NextRequest.AskWhetherGone ask ->
                Optional.of(inventories.holdsAnything(prefix) ? new Verdict.Ready() : new Verdict.Gone());
            case InspectionRules.NextRequest.AskForMarker ask -> Optional.empty();
            case InspectionRules.NextRequest.ListObjects list -> Optional.empty();
        };
    }

    private PartialVerdict askedForMarker(PartialVerdict one) {
        WantedPartition wanted = one.wanted();
        return one.verdict().isEmpty()
                        && rules.next(wanted) instanceof InspectionRules.NextRequest.AskForMarker(String marker)
                ? new PartialVerdict(
                        wanted,
                        rules.ofMarker(
                                wanted, inventories.markerThere(new S3Location(bucket, wanted.prefix()), marker)))
                : one;
    }

    /** The registered location, if it is another one of the bucket than the one that was seen. */
    private Optional<S3Location> elsewhere(String uri, S3Location seen) {
        return S3Location.find(uri)
                .filter(registered -> registered.bucket().equals(bucket) && !registered.equals(seen));
    }

    private Map<String, Inspection> list(List<WantedPartition> partitions) {
        Marker marker =
                rules.readiness().marker().<Marker>map(Marker.Named::new).orElse(Marker.NONE);
        SortedMap<String, Long> limits = new TreeMap<>(Utf8Order.INSTANCE);
        partitions.forEach(wanted -> limits.put(wanted.prefix(), rules.limit(wanted)));
        Map<String, Inspection> inspections = new HashMap<>();
        Workers.each(threads, InspectionBatches.of(limits), batch -> inventories.inspect(bucket, batch, marker))
                .forEach(inspections::putAll);
        return inspections;
    }
}
