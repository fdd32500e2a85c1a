package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3Pages;
import io.fanin.detector.events.TablePlaces;
import io.fanin.detector.select.Inspections;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.RegisteredLookup;
import io.fanin.detector.select.SelectionRules;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.detector.select.PublishedTableState;
import io.fanin.detector.select.TableSnapshot;
import io.fanin.detector.select.VanishedSearch;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.detector.source.SourceMapping;
import io.fanin.detector.source.SourceWalk;
import io.fanin.detector.walk.PrefixWalk;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.spec.DetectionSpec;
import io.fanin.model.spec.Gaps;
import io.fanin.model.spec.Readiness;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the detection that a spec requests. */
public final class Detections {

    private final GlueCatalog catalog;
    private final S3Pages pages;
    private final Inventories inventories;
    private final Inbox inbox;
    private final Workers workers;

    public Detections(GlueCatalog catalog, S3Pages pages, Inbox inbox, Workers workers) {
        this.catalog = catalog;
        this.pages = pages;
        this.inventories = new Inventories(pages);
        this.inbox = inbox;
        this.workers = workers;
    }

    /**
     * The detection of a resolved spec.
     *
     * @param time the run's reference time
     */
    public Detection of(TableSnapshot snapshot, Instant time) {
        return new Mode(snapshot.spec(), snapshot.table(), snapshot.record(), time).detection();
    }

    public Detection ofRedrive(RunFolder earlier, TableSnapshot snapshot, Instant time) {
        return new RedriveDetection(
                earlier,
                lookup(snapshot.table(), snapshot.spec().definition()),
                snapshot.publishedAt(time),
                LatestPeriod.at(time));
    }

    /** What is asked to be waived, or not any longer. */
    public WaiverDetection waivers(TableSnapshot snapshot, WaiverRequest request, Instant time) {
        return new WaiverDetection(
                request,
                NamedPlaces.of(pages, SourceMapping.of(snapshot.spec()), skip -> {}),
                lookup(snapshot.table(), snapshot.spec().definition()),
                snapshot.publishedAt(time),
                inventories,
                time);
    }

    private RegisteredLookup lookup(Optional<CatalogTable> table, TableDefinition definition) {
        return values -> table.isPresent() && !values.isEmpty()
                ? catalog.find(definition.name(), definition.keys(), values)
                : Map.of();
    }

    /** What all ways to detect in one run have in common. */
    private final class Mode {

        private final TableSpec resolved;
        private final DetectionSpec spec;
        private final TableDefinition definition;
        private final SourceMapping mapping;
        private final Optional<CatalogTable> table;
        private final Instant time;
        private final PublishedTableState published;
        private final SkipLog skips = new SkipLog();
        private final PartitionTime moments;

        Mode(TableSpec resolved, Optional<CatalogTable> table, TableRecord record, Instant time) {
            this.resolved = resolved;
            this.spec = resolved.detectionOrDefault();
            this.definition = resolved.definition();
            this.mapping = SourceMapping.of(resolved);
            this.table = table;
            this.time = time;
            this.published = new TableSnapshot(resolved, table, record).publishedAt(time);
            this.moments = new PartitionTime(definition.keys());
        }

        Detection detection() {
            return switch (spec) {
                case DetectionSpec.Listing listing -> list(listing);
                case DetectionSpec.Full full -> full(full);
                case DetectionSpec.Range range -> range(range);
                case DetectionSpec.Explicit explicit ->
                    new ExplicitDetection(
                            explicit,
                            definition.keys(),
                            lookup(table, definition),
                            published,
                            NamedPlaces.of(pages, mapping, skips::add),
                            skips,
                            LatestPeriod.at(time));
                case DetectionSpec.Calendar calendar -> calendar(calendar);
                case DetectionSpec.Events events -> events(events);
            };
        }

        private Detection full(DetectionSpec.Full full) {
            boolean looksElsewhere =
                    full.looksForVanished() && !mapping.location().equals(definition.location());
            return new FullDetection(
                    table,
                    walk(),
                    table.filter(known -> looksElsewhere).map(known -> PrefixWalk.ofTable(pages, definition, workers)),
                    catalog,
                    published,
                    selection(rules(LateData.comparedIf(full.lateData().orElse(false)))
                                    .knowingCatalogOf(values -> true))
                            .with(new VanishedSearch(full, definition, published, catalog, inventories, workers)));
        }

        private Detection events(DetectionSpec.Events events) {
            Set<String> settled = new HashSet<>();
            return new EventsDetection(
                    definition.name(),
                    inbox,
                    new TablePlaces(
                            mapping.location(),
                            mapping.layout(),
                            events.readiness().flatMap(Readiness::marker),
                            resolved.onEmptyOrDefault(),
                            skips::add),
                    mapping,
                    skips::add,
                    published,
                    selection(rules(LateData.ALL), true, settled::add),
                    settled);
        }

        private Detection list(DetectionSpec.Listing listing) {
            Optional<LocalDateTime> from = table.flatMap(known -> Watermark.in(published.record(), basis()))
                    .map(progress -> seeingGaps(progress.minus(listing.lookbackOrDefault())));
            SelectionRules rules = rules(LateData.comparedIf(listing.lateData().orElse(from.isPresent())))
                    .knowingCatalogOf(
                            values -> from.isEmpty() || moments.of(values).isPresent());
            return new ListDetection(
                    definition,
                    table,
                    from,
                    walk(),
                    catalog,
                    published,
                    selection(
                            from.isPresent()
                                    ? rules.lookingForLateDataIn(
                                            values -> isWithin(listing.lookbackOrDefault(), values))
                                    : rules));
        }

        /** An open period widens the listing, but not where late data is looked for. */
        private boolean isWithin(Duration lookback, PartitionValues values) {
            Optional<LocalDateTime> first =
                    published.record().newest().map(LocalDateTime::parse).map(newest -> newest.minus(lookback));
            return moments.of(values)
                    .filter(moment -> first.isEmpty() || !moment.isBefore(first.get()))
                    .isPresent();
        }

        /** To notice a gap, the period before it has to be listed, too. */
        private LocalDateTime seeingGaps(LocalDateTime from) {
            return spec.gaps()
                    .filter(gaps -> gaps == Gaps.OUTSTANDING)
                    .flatMap(gaps -> new Periods(definition.keys()).unit())
                    .map(unit -> from.minus(1, unit))
                    .orElse(from);
        }

        private Detection range(DetectionSpec.Range range) {
            PeriodBounds bounds = new PeriodBounds(
                    definition.keys(), range.from().value(), range.to().value());
            return new RangeDetection(
                    range.from().value(),
                    range.to().value(),
                    walk(),
                    published,
                    selection(rules(LateData.comparedIf(range.lateData().orElse(false)))
                            .takingUp(failure -> bounds.hold(failure.partition().values()))));
        }

        private Detection calendar(DetectionSpec.Calendar calendar) {
            LocalDateTime from = calendar.first(time);
            LocalDateTime to = calendar.second(time);
            PeriodBounds bounds = new PeriodBounds(definition.keys(), from, to);
            return new CalendarDetection(
                    from,
                    to,
                    definition,
                    mapping,
                    published,
                    selection(rules(LateData.NEVER).takingUp(failure -> mayBeEmpty(failure, bounds))));
        }

        /** A calendar registers only empty periods that it names, and none that ever had data. */
        private static boolean mayBeEmpty(OutstandingFailure failure, PeriodBounds bounds) {
            return failure.registeredBy().isEmpty()
                    && bounds.hold(failure.partition().values());
        }

        private boolean isNews(DetectionReport report) {
            Watermark progress = Watermark.of(resolved, basis());
            return table.isPresent()
                    && spec.seesWholeTable()
                    && (published.isPartialWithoutRecord()
                            || published.differsInVanished(report)
                            || !progress.advanced(published.record(), Set.of(), report)
                                    .equals(published.record()));
        }

        private ProgressScope basis() {
            return ProgressScope.of(resolved, table.flatMap(CatalogTable::created));
        }

        private SourceWalk walk() {
            return new SourceWalk(
                    new PrefixWalk(pages, mapping.location(), mapping.layout(), skips, workers), mapping, skips::add);
        }

        private SelectionRules rules(LateData lateData) {
            return new SelectionRules(
                    time,
                    values -> table.isEmpty(),
                    lateData,
                    values -> true,
                    spec.maxAttempts(),
                    failure -> true,
                    this::isNews,
                    spec.seesWholeTable() ? spec.gaps().or(() -> Optional.of(Gaps.REPORT)) : Optional.empty());
        }

        private PartitionSelector selection(SelectionRules rules) {
            return selection(rules, false, prefix -> {});
        }

        private PartitionSelector selection(SelectionRules rules, boolean mayBeGone, Consumer<String> settled) {
            return new PartitionSelector(
                    rules,
                    mapping,
                    published,
                    lookup(table, definition),
                    new Inspections(
                            inventories,
                            mapping.location().bucket(),
                            spec.readiness().orElse(Readiness.ALWAYS),
                            resolved.onEmptyOrDefault(),
                            mayBeGone,
                            moments,
                            time,
                            workers),
                    skips,
                    settled);
        }
    }
}
