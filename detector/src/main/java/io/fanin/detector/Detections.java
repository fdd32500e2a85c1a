package io.fanin.detector;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.layout.Layout;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.PeriodBounds;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.RunFolder;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import io.fanin.detector.walk.PrefixWalk;
import io.fanin.detector.walk.SkipLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the detection that a spec asks for. */
final class Detections {

    private final GlueCatalog catalog;
    private final S3Pages pages;
    private final TableRecords records;

    Detections(GlueCatalog catalog, S3Pages pages, TableRecords records) {
        this.catalog = catalog;
        this.pages = pages;
        this.records = records;
    }

    /**
     * The detection of a resolved spec.
     *
     * @param table as the catalog has it; empty when it has none
     */
    Detection of(TableSpec spec, Optional<CatalogTable> table) {
        TableDefinition definition = spec.definition();
        TableStanding standing = standing(definition, table);
        SkipLog skips = new SkipLog();
        PrefixWalk walk = new PrefixWalk(pages, definition.location(), Layout.of(definition), skips);
        return switch (spec.detectionOrDefault()) {
            case DetectionSpec.Listing listing ->
                new ListDetection(walk, skips, allRegistered(table, standing.forms()), standing);
            case DetectionSpec.Range range ->
                new RangeDetection(
                        walk,
                        new PeriodBounds(
                                definition.keys(),
                                range.from().value(),
                                range.to().value()),
                        skips,
                        values -> registered(table, definition, values).keySet(),
                        standing);
            case DetectionSpec.Explicit explicit ->
                new ExplicitDetection(explicit, definition, values -> registered(table, definition, values), standing);
        };
    }

    /** The detection of what an earlier run has left. */
    Detection ofRedrive(RunFolder earlier, TableSpec spec, Optional<CatalogTable> table) {
        TableDefinition definition = spec.definition();
        return new RedriveDetection(
                earlier, values -> find(table, definition, values), spec, standing(definition, table));
    }

    private TableStanding standing(TableDefinition definition, Optional<CatalogTable> table) {
        return new TableStanding(
                records.read(definition.name()),
                definition.keys(),
                table.map(CatalogTable::parameters).orElse(Map.of()));
    }

    private Set<PartitionValues> allRegistered(Optional<CatalogTable> table, ValueForms forms) {
        Set<PartitionValues> registered = new HashSet<>();
        table.ifPresent(t ->
                catalog.forEachPartition(t.name(), partition -> registered.add(forms.canonical(partition.values()))));
        return registered;
    }

    private Map<PartitionValues, PartitionValues> registered(
            Optional<CatalogTable> table, TableDefinition definition, Collection<PartitionValues> values) {
        Map<PartitionValues, PartitionValues> registered = new HashMap<>();
        find(table, definition, values).forEach((asked, partition) -> registered.put(asked, partition.values()));
        return registered;
    }

    private Map<PartitionValues, RegisteredPartition> find(
            Optional<CatalogTable> table, TableDefinition definition, Collection<PartitionValues> values) {
        return table.isPresent() && !values.isEmpty()
                ? catalog.find(definition.name(), definition.keys(), values)
                : Map.of();
    }
}
