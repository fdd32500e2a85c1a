package io.fanin.detector.inspect;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.InventorySum;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.LocalPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a partition is ready, and whether a registered one has changed, from its registration and its
 * objects.
 *
 * @param onEmpty the treatment of partitions without data
 * @param readsObjects whether the processor reads the objects: where it does not, those of zero bytes are no data
 * @param byEvents whether events name the partitions: then all objects of a new or waived one may have been removed,
 *     one that is registered outside of the table's folder is looked for in it, and one that has no data yet does not
 *     wait for its marker, of which an event tells
 * @param periods of the table
 * @param time the reference for the quiet period and the age
 */
public record InspectionRules(
        Readiness readiness,
        OnEmpty onEmpty,
        boolean readsObjects,
        boolean byEvents,
        LocalPeriods periods,
        Instant time) {

    /** The number of objects that one listing request certainly returns, with the marker. */
    private static final long LESS_THAN_A_PAGE = 999;

    /** The information that is needed next about a partition. */
    sealed interface NextRequest {

        /** Nothing: the verdict is known. */
        record Decided(Verdict verdict) implements NextRequest {}

        /** Whether the prefix contains any object. */
        record AskWhetherGone() implements NextRequest {}

        /** Whether its marker exists. */
        record AskForMarker(String marker) implements NextRequest {}

        /** Its objects. */
        record ListObjects() implements NextRequest {}
    }

    /** The cheapest information that leads to a verdict. */
    NextRequest next(WantedPartition wanted) {
        if (wanted.isCompared()) {
            return new NextRequest.ListObjects();
        }
        Optional<Verdict> tooYoung = tooYoung(wanted);
        if (tooYoung.isPresent()) {
            return new NextRequest.Decided(tooYoung.get());
        }
        boolean asksWhetherGone = wanted.isNew() && byEvents;
        boolean asksForMarker = readiness.marker().isPresent();
        if (readiness.quietPeriod().isPresent() || (asksWhetherGone && asksForMarker)) {
            return new NextRequest.ListObjects();
        }
        if (asksWhetherGone) {
            return new NextRequest.AskWhetherGone();
        }
        return readiness
                .marker()
                .<NextRequest>map(NextRequest.AskForMarker::new)
                .orElseGet(() -> new NextRequest.Decided(new Verdict.Ready()));
    }

    /**
     * A partition whose location outside of the table's folder has become empty: it is processed where it was seen. One
     * that was registered empty is processed only if it now has data, or if the spec registers empty partitions.
     */
    WantedPartition nothingIsLeft(WantedPartition wanted) {
        return wanted.wasEmpty() && onEmpty != OnEmpty.REGISTER
                ? wanted.registeredHere()
                : wanted.comparedWithNothing();
    }

    /**
     * The number of objects that have to be listed: the newest is known only from all of them, the first page shows
     * whether there are any.
     */
    long limit(WantedPartition wanted) {
        if (readiness.quietPeriod().isPresent()) {
            return Long.MAX_VALUE;
        }
        return switch (wanted.known()) {
            case WantedPartition.Known.Content content ->
                content.isEmpty() && !readsObjects ? Math.max(LESS_THAN_A_PAGE, content.files()) : content.files();
            case WantedPartition.Known.Nothing nothing -> LESS_THAN_A_PAGE;
        };
    }

    /** The verdict on a partition whose objects were listed. */
    Verdict verdict(WantedPartition wanted, Inspection inspection) {
        if ((wanted.isNew() || wanted.isWaived())
                && byEvents
                && inspection.newest().isEmpty()) {
            return new Verdict.Gone();
        }
        boolean isSame = isSame(wanted, inspection);
        // Readers have what lies outside, until there is something else for them.
        boolean isKept = wanted.isOutside() ? !holdsData(inspection) || (isSame && !byEvents) : isSame;
        boolean lacksMarker = readiness.marker().isPresent() && !inspection.markerThere();
        if (isKept && wanted.isLate() && wanted.wasEmpty() && !wanted.isOutside() && isAhead(inspection)) {
            return lacksMarker && !byEvents ? waitingForMarker() : new Verdict.StillEmpty();
        }
        if (isKept && !wanted.isNew()) {
            return wanted.leftAsItIs();
        }
        if (wanted.isNew() && inspection.nothingButMarkers()) {
            // Its writer may have begun: it waits as if only the marker were asked for.
            return lacksMarker && !byEvents && !wanted.wasEmpty() ? waitingForMarker() : new Verdict.NotBegun();
        }
        if (isSame && !holdsData(inspection) && onEmpty == OnEmpty.SKIP) {
            return new Verdict.Empty();
        }
        if (lacksMarker && !isGone(wanted, inspection)) {
            return waitingForMarker();
        }
        return tooYoung(wanted)
                .or(() -> readiness.quietPeriod().flatMap(length -> unquiet(length.value(), inspection)))
                .orElseGet(Verdict.Ready::new);
    }

    /**
     * The verdict on a partition of which only the marker was requested; empty if its objects have to be listed: one
     * that failed, and of which nothing is left, waits for no marker.
     */
    Optional<Verdict> ofMarker(WantedPartition wanted, boolean isThere) {
        if (isThere) {
            return Optional.of(new Verdict.Ready());
        }
        return wanted.isRetried() ? Optional.empty() : Optional.of(waitingForMarker());
    }

    private Verdict waitingForMarker() {
        return new Verdict.Waiting("has no " + readiness.marker().orElseThrow());
    }

    /**
     * Whether it has failed, and its data was removed since, with the marker. A registered one may be about to be
     * overwritten.
     */
    private static boolean isGone(WantedPartition wanted, Inspection inspection) {
        return wanted.isRetried() && (inspection.newest().isEmpty() || inspection.nothingButMarkers());
    }

    /**
     * Whether a registered partition that has still no data is to have some: calendars register before there is any.
     */
    private boolean isAhead(Inspection inspection) {
        return onEmpty != OnEmpty.REGISTER && !holdsData(inspection);
    }

    /** Whether a partition was registered without data, as far as the processor looks. */
    public boolean wasEmpty(RegisteredPartition known) {
        return known.inventoryHash()
                .filter(hash -> hash.equals(InventorySum.NOTHING) || (!readsObjects && known.holdsNoBytes()))
                .isPresent();
    }

    /** Whether a partition was registered before it had data, and not because it is to have none. */
    public boolean isAhead(RegisteredPartition known) {
        return onEmpty != OnEmpty.REGISTER && wasEmpty(known);
    }

    private boolean isSame(WantedPartition wanted, Inspection inspection) {
        boolean isStillEmpty = wanted.wasEmpty() && !holdsData(inspection);
        return isStillEmpty
                || (wanted.known() instanceof WantedPartition.Known.Content content
                        && inspection
                                .inventory()
                                .filter(inventory -> inventory.hash().equals(content.hash()))
                                .isPresent());
    }

    /** Whether there is data; where the listing ended early, there is. */
    private boolean holdsData(Inspection inspection) {
        return inspection
                .inventory()
                .filter(inventory ->
                        inventory.hash().equals(InventorySum.NOTHING) || (!readsObjects && inventory.bytes() == 0))
                .isEmpty();
    }

    private Optional<Verdict> tooYoung(WantedPartition wanted) {
        return readiness
                .age()
                .flatMap(age -> periods.due(wanted.candidate().partition().values(), age.value())
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
