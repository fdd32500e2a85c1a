package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.parallel.Workers;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.Readiness;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Utf8Order;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * Lists partitions, several at a time, to determine whether they are ready, and whether registered ones have changed.
 * Lists nothing if neither is needed.
 */
public final class Inspections implements Closeable {

    private static final int PARALLEL = 16;

    /** Objects of which one listing request shows all, the marker included. */
    private static final long LESS_THAN_A_PAGE = 999;

    private final Inventories inventories;
    private final String bucket;
    private final Readiness readiness;
    private final OnEmpty onEmpty;
    private final boolean mayBeGone;
    private final PartitionTime moments;
    private final Instant time;
    private final ExecutorService lookers;

    /**
     * Looks into partitions of one bucket.
     *
     * @param onEmpty what becomes of partitions without data
     * @param mayBeGone whether a partition that is not registered may have been removed again
     * @param moments when partitions' periods begin
     * @param time against which the quiet period and the age are measured
     * @param workers who looks
     */
    public Inspections(
            Inventories inventories,
            String bucket,
            Readiness readiness,
            OnEmpty onEmpty,
            boolean mayBeGone,
            PartitionTime moments,
            Instant time,
            Workers workers) {
        this.inventories = inventories;
        this.bucket = bucket;
        this.readiness = readiness;
        this.onEmpty = onEmpty;
        this.mayBeGone = mayBeGone;
        this.moments = moments;
        this.time = time;
        this.lookers = workers.open(PARALLEL);
    }

    /**
     * A partition that is to be processed when it is ready.
     *
     * @param known what it held when it was registered or found empty, where it is to be processed only when its objects are others
     * @param location the URI at which its data was when it was registered, where only one of its prefixes may have been seen
     */
    record Wanted(Candidate candidate, Optional<Known> known, Optional<String> location) {

        static Wanted of(Candidate candidate) {
            return new Wanted(candidate, Optional.empty(), Optional.empty());
        }

        /** One that held no data when it was processed. */
        static Wanted ofEmpty(Candidate candidate) {
            return new Wanted(candidate, Optional.of(new Known(InventorySum.NOTHING, 0)), Optional.empty());
        }

        /** One that held this when it was waived. */
        static Wanted changed(Candidate candidate, Inventory before) {
            return new Wanted(candidate, Optional.of(new Known(before.hash(), before.files())), Optional.empty());
        }

        /** Empty where another tool has registered it, which leaves nothing to compare with. */
        static Optional<Wanted> changed(Candidate candidate, RegisteredPartition registered) {
            return registered
                    .inventoryHash()
                    .map(hash -> new Known(hash, files(hash, registered)))
                    .map(known -> new Wanted(candidate, Optional.of(known), Optional.empty()));
        }

        private static long files(String hash, RegisteredPartition registered) {
            return hash.equals(InventorySum.NOTHING) ? 0 : registered.files().orElse(Long.MAX_VALUE);
        }

        Wanted registeredAt(Optional<String> uri) {
            return new Wanted(candidate, known, uri);
        }

        boolean isNew() {
            return candidate.reason() == Reason.NEW;
        }

        String prefix() {
            return candidate.partition().dataPrefix();
        }

        /** Whether it was registered before it was filled. */
        boolean wasEmpty() {
            return known.filter(held -> held.hash().equals(InventorySum.NOTHING))
                    .isPresent();
        }
    }

    /** What a partition held. */
    record Known(String hash, long files) {}

    /** A partition that was looked into. */
    record Inspected(Candidate candidate, Verdict verdict) {}

    /** The result of looking into a partition. */
    sealed interface Verdict {
        record Ready() implements Verdict {}

        /** Its objects are those that are registered. */
        record Unchanged() implements Verdict {}

        /**
         * It is not a partition yet: nothing has been written into it, or no data, where the spec ignores empty
         * partitions.
         */
        record Empty(String why) implements Verdict {}

        /** Nothing lies in it any more. */
        record Gone() implements Verdict {}

        /**
         * It is registered at another prefix, which still holds objects: it is unknown which is right.
         *
         * @param prefix the other
         */
        record LiesElsewhere(String prefix) implements Verdict {}

        record Waiting(String why) implements Verdict {}
    }

    /** Looks into all of them, and answers in their order. */
    List<Inspected> inspect(List<Wanted> partitions) {
        List<Future<Optional<Verdict>>> early = partitions.stream()
                .map(wanted -> lookers.submit(() -> withoutListing(wanted)))
                .toList();
        List<Optional<Verdict>> verdicts = early.stream().map(Workers::await).toList();
        List<Wanted> listed = IntStream.range(0, partitions.size())
                .filter(i -> verdicts.get(i).isEmpty())
                .mapToObj(partitions::get)
                .toList();
        Map<String, Inspection> inspections = look(listed);
        return IntStream.range(0, partitions.size())
                .mapToObj(i -> new Inspected(
                        partitions.get(i).candidate(),
                        verdicts.get(i)
                                .orElseGet(() -> verdict(
                                        partitions.get(i),
                                        inspections.get(partitions.get(i).prefix())))))
                .toList();
    }

    @Override
    public void close() {
        lookers.shutdownNow();
    }

    /** The verdict if it is known without listing the partition's objects; empty otherwise. */
    private Optional<Verdict> withoutListing(Wanted wanted) {
        S3Location prefix = new S3Location(bucket, wanted.prefix());
        Optional<Verdict> elsewhere = wanted.location().flatMap(uri -> elsewhere(uri, prefix));
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        boolean asksWhetherGone = wanted.isNew() && mayBeGone;
        if (wanted.known().isPresent()) {
            return Optional.empty();
        }
        Optional<Verdict> tooYoung = tooYoung(wanted);
        if (tooYoung.isPresent()) {
            return tooYoung;
        }
        if (readiness.quietPeriod().isPresent()
                || (asksWhetherGone && readiness.marker().isPresent())) {
            return Optional.empty();
        }
        if (asksWhetherGone && !inventories.holdsAnything(prefix)) {
            return Optional.of(new Verdict.Gone());
        }
        boolean isReady = readiness.marker().isEmpty()
                || inventories.markerThere(prefix, readiness.marker().get());
        return Optional.of(isReady ? new Verdict.Ready() : noMarker());
    }

    private Map<String, Inspection> look(List<Wanted> partitions) {
        SortedMap<String, Long> limits = new TreeMap<>(Utf8Order.INSTANCE);
        partitions.forEach(wanted -> limits.put(wanted.prefix(), limit(wanted)));
        List<Future<Map<String, Inspection>>> looks = InspectionBatches.of(limits).stream()
                .map(batch -> lookers.submit(() -> inventories.inspect(bucket, batch, readiness.marker())))
                .toList();
        Map<String, Inspection> inspections = new HashMap<>();
        looks.forEach(look -> inspections.putAll(Workers.await(look)));
        return inspections;
    }

    /** The newest object is known only when all have been listed; the first page shows whether there are any. */
    private long limit(Wanted wanted) {
        return readiness.quietPeriod().isPresent()
                ? Long.MAX_VALUE
                : wanted.known().map(Known::files).orElse(LESS_THAN_A_PAGE);
    }

    private Verdict verdict(Wanted wanted, Inspection inspection) {
        if (wanted.isNew() && mayBeGone && inspection.newest().isEmpty()) {
            return new Verdict.Gone();
        }
        boolean isSame =
                wanted.known().filter(known -> isSame(known, inspection)).isPresent();
        if (isSame && !wanted.isNew()) {
            return new Verdict.Unchanged();
        }
        if (wanted.isNew() && inspection.nothingButMarkers()) {
            return new Verdict.Empty("nothing lies in it but markers of folders");
        }
        if (isSame && onEmpty == OnEmpty.SKIP) {
            return new Verdict.Empty("it holds no data");
        }
        if (readiness.marker().isPresent() && !inspection.markerThere()) {
            return noMarker();
        }
        return tooYoung(wanted)
                .or(() -> readiness.quietPeriod().flatMap(length -> unquiet(length.value(), inspection)))
                .orElseGet(Verdict.Ready::new);
    }

    /** If only some prefixes are seen, the registered one may still exist beside the one seen. */
    private Optional<Verdict> elsewhere(String uri, S3Location seen) {
        return S3Location.find(uri)
                .filter(registered -> registered.bucket().equals(bucket) && !registered.equals(seen))
                .filter(inventories::holdsAnything)
                .map(registered -> new Verdict.LiesElsewhere(registered.prefix()));
    }

    private static boolean isSame(Known known, Inspection inspection) {
        return inspection
                .inventory()
                .filter(inventory -> inventory.hash().equals(known.hash()))
                .isPresent();
    }

    private Verdict noMarker() {
        return new Verdict.Waiting("has no " + readiness.marker().orElseThrow());
    }

    /** The time zone of the period is unknown: the age has to allow for that. */
    private Optional<Verdict> tooYoung(Wanted wanted) {
        return readiness
                .age()
                .flatMap(age -> moments.of(wanted.candidate().partition().values())
                        .map(start -> start.toInstant(ZoneOffset.UTC).plus(age.value()))
                        .filter(ready -> ready.isAfter(time))
                        .map(ready -> new Verdict.Waiting("is ready at " + ready + ", " + age + " after it begins")));
    }

    /** Unfinished objects count too, although their names are not yet those of data. */
    private Optional<Verdict> unquiet(Duration length, Inspection inspection) {
        return inspection
                .newest()
                .filter(moment -> moment.isAfter(time.minus(length)))
                .map(moment ->
                        new Verdict.Waiting("changed at " + moment + ", less than " + length + " before " + time));
    }
}
