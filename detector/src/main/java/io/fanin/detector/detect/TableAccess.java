package io.fanin.detector.detect;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.events.TablePlaces;
import io.fanin.detector.inspect.InspectionRules;
import io.fanin.detector.inspect.Inspections;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.SelectionRules;
import io.fanin.detector.select.UnverifiedPartitions;
import io.fanin.detector.select.VanishedPartitions;
import io.fanin.detector.select.VanishedSearch;
import io.fanin.detector.source.NamedPlaces;
import io.fanin.detector.source.SourceMapping;
import io.fanin.detector.source.SourceWalk;
import io.fanin.detector.walk.PrefixWalk;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.LocalPeriods;
import io.fanin.model.table.TableDefinition;

/**
 * Reads one table in one run, for any detection.
 *
 * @param mapping the location of its partitions' data
 * @param catalog its registered partitions
 * @param skips receives the skipped names
 */
record TableAccess(
        Services services,
        TableSnapshot snapshot,
        PublishedTableState published,
        SourceMapping mapping,
        CatalogPartitions catalog,
        SkipLog skips) {

    record Services(GlueCatalog catalog, S3Pages pages, Inventories inventories, Inbox inbox, Workers workers) {}

    static TableAccess of(Services services, TableSnapshot snapshot, PublishedTableState published) {
        return new TableAccess(
                services,
                snapshot,
                published,
                SourceMapping.of(snapshot.spec()),
                CatalogPartitions.of(snapshot, services.catalog()),
                new SkipLog());
    }

    ResolvedSpec spec() {
        return snapshot.spec();
    }

    TableDefinition definition() {
        return spec().definition();
    }

    /** A walk of the folder in which the table's data arrives. */
    SourceWalk walk() {
        PrefixWalk walk =
                new PrefixWalk(services.pages(), mapping.location(), mapping.layout(), skips, services.workers());
        return new SourceWalk(walk, mapping, definition().keys(), skips::add);
    }

    PrefixWalk ownFolder() {
        return PrefixWalk.ofTable(services.pages(), definition(), services.workers());
    }

    boolean arrivesElsewhere() {
        return !mapping.location().equals(definition().location());
    }

    /** The places of partitions that users name. */
    NamedPlaces places() {
        return NamedPlaces.of(services.pages(), mapping, skips::add);
    }

    /** The places of prefixes that events name. */
    TablePlaces eventPlaces(DetectionSpec.Events events) {
        return new TablePlaces(
                mapping.location(),
                mapping.layout(),
                events.readiness().orElse(Readiness.ALWAYS),
                spec().onEmpty(),
                skips::add);
    }

    VanishedPartitions vanished(DetectionSpec.Full full, SelectionRules rules) {
        return new VanishedSearch(
                full, definition(), published, rules, services.catalog(), services.inventories(), services.workers());
    }

    PartitionSelector selector(SelectionRules rules) {
        return selector(rules, new VanishedPartitions.NotSought(), new UnverifiedPartitions.NotCounted());
    }

    PartitionSelector selector(SelectionRules rules, VanishedPartitions vanished, UnverifiedPartitions unverified) {
        InspectionRules inspected = new InspectionRules(
                spec().detection().readiness().orElse(Readiness.ALWAYS),
                spec().onEmpty(),
                spec().processor().needsFormat(),
                rules.coverage() instanceof SelectionRules.Coverage.Events,
                new LocalPeriods(published.keys(), spec().timeZoneOrUtc()),
                rules.time());
        Inspections inspections = new Inspections(
                inspected, services.inventories(), mapping.location().bucket(), services.workers());
        return new PartitionSelector(rules, places(), published, skips, catalog, inspections, vanished, unverified);
    }
}
