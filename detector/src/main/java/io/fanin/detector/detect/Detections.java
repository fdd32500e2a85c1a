package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.parallel.Workers;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3Pages;
import io.fanin.detector.catalog.Conflicts;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.SelectionRules;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.UnverifiedPartitions;
import io.fanin.detector.select.VanishedPartitions;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.Instant;

/** Creates the detection that a spec requests. */
public final class Detections {

    private final TableAccess.Services services;

    public Detections(GlueCatalog catalog, S3Pages pages, Inbox inbox, Workers workers) {
        this.services = new TableAccess.Services(catalog, pages, new Inventories(pages), inbox, workers);
    }

    /**
     * The detection of a resolved spec.
     *
     * @param time the run's reference time
     */
    public Detection of(TableSnapshot snapshot, Instant time) {
        TableAccess table = access(snapshot, time);
        ModeRules rules = new ModeRules(snapshot, table.published(), time);
        return switch (snapshot.spec().detection()) {
            case DetectionSpec.Listing listing -> list(table, listing, rules);
            case DetectionSpec.Full full -> full(table, full, rules);
            case DetectionSpec.Range range ->
                new RangeDetection(
                        range.from().value(),
                        range.to().value(),
                        table.walk(),
                        table.published(),
                        table.selector(rules.ofRange(range)));
            case DetectionSpec.Explicit explicit ->
                new ExplicitDetection(
                        explicit,
                        table.catalog(),
                        table.published(),
                        table.places(),
                        new Conflicts(table.mapping()),
                        table.skips(),
                        LatestPeriod.at(time));
            case DetectionSpec.Calendar calendar ->
                new CalendarDetection(
                        calendar.first(time, table.spec().timeZoneOrUtc()),
                        calendar.second(time, table.spec().timeZoneOrUtc()),
                        table.spec().timeZoneOrUtc(),
                        table.definition(),
                        table.mapping(),
                        table.published(),
                        table.selector(rules.ofCalendar(calendar)));
            case DetectionSpec.Events events ->
                new EventsDetection(
                        table.definition().name(),
                        services.inbox(),
                        table.eventPlaces(events),
                        table.mapping(),
                        table.skips(),
                        table.published(),
                        table.selector(rules.ofEvents(events)),
                        time);
        };
    }

    private static Detection list(TableAccess table, DetectionSpec.Listing listing, ModeRules modes) {
        SelectionRules rules = modes.ofListing(listing);
        UnverifiedPartitions unverified =
                UnverifiedPartitions.of(table.snapshot(), table.published(), rules, modes.basis());
        PartitionSelector selection = table.selector(rules, new VanishedPartitions.NotSought(), unverified);
        return rules.coverage() instanceof Coverage.From(var first)
                ? new WindowDetection(first, table.walk(), table.catalog(), table.published(), unverified, selection)
                : new ListDetection(table.walk(), table.catalog(), table.published(), unverified, selection);
    }

    private static Detection full(TableAccess table, DetectionSpec.Full full, ModeRules modes) {
        SelectionRules rules = modes.ofFull(full);
        UnverifiedPartitions unverified =
                UnverifiedPartitions.of(table.snapshot(), table.published(), rules, modes.basis());
        return new FullDetection(
                table.walk(),
                table.ownFolder(),
                table.catalog().exists() && full.searchesVanished() && table.arrivesElsewhere(),
                table.catalog(),
                table.published(),
                unverified,
                table.selector(rules, table.vanished(full, rules), unverified));
    }

    /** The detection of an earlier run's remaining partitions. */
    public Detection ofRedrive(RunFolder earlier, LaterRuns others, TableSnapshot snapshot, Instant time) {
        TableAccess table = access(snapshot, time);
        return new RedriveDetection(earlier, others, table.catalog(), table.published(), LatestPeriod.at(time));
    }

    /** The detection of partitions to waive, or to unwaive. */
    public WaiverDetection waivers(TableSnapshot snapshot, WaiverRequest request, Instant time) {
        TableAccess table = access(snapshot, time);
        return new WaiverDetection(
                request, table.places(), table.catalog(), table.published(), services.inventories(), time);
    }

    private TableAccess access(TableSnapshot snapshot, Instant time) {
        return TableAccess.of(services, snapshot, snapshot.publishedAt(time));
    }
}
