package io.fanin.detector.detect;

import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.Watermark;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.SelectionRules;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.detector.select.SelectionRules.Progress;
import io.fanin.detector.select.SelectionRules.TakenUp;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.partition.Periods;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.table.KeyZone;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The rules of selection for each mode, derived only from the spec, the table and its record; the spec's defaults are
 * resolved here.
 *
 * @param time the run's reference time
 */
record ModeRules(TableSnapshot snapshot, PublishedTableState published, Instant time) {

    /** If the table has progress, only later periods are listed. */
    SelectionRules ofListing(DetectionSpec.Listing listing) {
        Optional<LocalDateTime> newest =
                snapshot.table().flatMap(known -> Watermark.newestIn(published.record(), basis()));
        Coverage coverage = newest.filter(known -> !isOutsideCheckDue() && !countsGaps(listing))
                .flatMap(known -> Watermark.in(published.record(), basis()))
                .map(progress -> lookedBack(progress, listing))
                .<Coverage>map(first -> new Coverage.From(withPeriodBefore(first, listing)))
                .orElseGet(Coverage.Whole::new);
        boolean comparesLate = listing.lateData().orElse(newest.isPresent());
        // An open period extends the listing, but not the part that is searched for late data.
        LateData lateData = newest.filter(known -> comparesLate)
                .<LateData>map(known -> new LateData.ComparedFrom(lookedBack(known, listing)))
                .orElseGet(() -> LateData.comparedIf(comparesLate));
        return rules(listing, coverage, lateData, new TakenUp.All());
    }

    /** What the table has left behind may have been removed from there since, in periods before all windows. */
    private boolean isOutsideCheckDue() {
        return published
                .record()
                .progress()
                .outside()
                .filter(last -> SelectionRules.isOutsideCheckDue(last, time))
                .isPresent();
    }

    /** Gaps from before they counted lie before all windows. */
    private boolean countsGaps(DetectionSpec.Listing listing) {
        return gaps(listing) == Gaps.OUTSTANDING
                && published.record().progress().counted().isEmpty();
    }

    /**
     * A window begins with a whole period: that of a month began long before the last days that are in the lookback.
     * Where a period was registered before its time, those before it are yet to come.
     */
    private LocalDateTime lookedBack(LocalDateTime from, DetectionSpec.Listing listing) {
        LocalDateTime now = zone().local(time);
        return new Periods(published.keys())
                .begin(zone().before(from.isAfter(now) ? now : from, listing.lookbackOrDefault()));
    }

    /** A gap is only recognised if the period before it is listed, too. */
    private LocalDateTime withPeriodBefore(LocalDateTime first, DetectionSpec.Listing listing) {
        return gaps(listing) == Gaps.OUTSTANDING
                ? new Periods(published.keys())
                        .length()
                        .map(unit -> zone().periodBefore(first, unit))
                        .orElse(first)
                : first;
    }

    private KeyZone zone() {
        return snapshot.spec().timeZoneOrUtc();
    }

    SelectionRules ofFull(DetectionSpec.Full full) {
        LateData lateData = LateData.comparedIf(full.lateData().orElse(false));
        return rules(full, new Coverage.Whole(), lateData, new TakenUp.All());
    }

    SelectionRules ofRange(DetectionSpec.Range range) {
        PeriodBounds bounds = new PeriodBounds(
                published.keys(), range.from().value(), range.to().value());
        LateData lateData = LateData.comparedIf(range.lateData().orElse(false));
        return rules(range, new Coverage.Part(), lateData, new TakenUp.Within(bounds));
    }

    /** A calendar registers only the empty periods that it names, except those that ever had data. */
    SelectionRules ofCalendar(DetectionSpec.Calendar calendar) {
        PeriodBounds bounds =
                new PeriodBounds(published.keys(), calendar.first(time, zone()), calendar.second(time, zone()));
        return rules(calendar, new Coverage.Part(), new LateData.Never(), new TakenUp.UnregisteredWithin(bounds));
    }

    SelectionRules ofEvents(DetectionSpec.Events events) {
        return rules(events, new Coverage.Events(), new LateData.All(), new TakenUp.All());
    }

    private SelectionRules rules(DetectionSpec spec, Coverage coverage, LateData lateData, TakenUp takenUp) {
        return new SelectionRules(
                time,
                zone(),
                coverage,
                lateData,
                spec.maxAttempts().orElse(SelectionRules.NEVER_SET_ASIDE),
                takenUp,
                gaps(spec),
                snapshot.table().isPresent() && coverage.seesWholeTable()
                        ? new Progress.Moved(Watermark.of(snapshot.spec(), basis()))
                        : new Progress.Unmoved());
    }

    private static Gaps gaps(DetectionSpec spec) {
        return spec.gaps().orElse(Gaps.REPORT);
    }

    ProgressScope basis() {
        return snapshot.scope();
    }
}
