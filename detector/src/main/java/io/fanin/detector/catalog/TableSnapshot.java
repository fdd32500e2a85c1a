package io.fanin.detector.catalog;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.Publication;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordLostException;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table's spec, catalog entry and record, as read before detection, which depends on nothing else of the table.
 *
 * @param spec resolved
 * @param table in the catalog; empty if there is none
 * @param record the table's
 */
public record TableSnapshot(ResolvedSpec spec, Optional<CatalogTable> table, TableRecord record) {

    /** Its published state at a run's reference time. */
    public PublishedTableState publishedAt(Instant time) {
        List<PartitionKey> keys = spec.definition().keys();
        TableRecord before = table.map(record::ofTable).orElseGet(record::ofNoTable);
        TableRecord waived = Waivers.at(before, time);
        TableRecord now = Watermark.of(spec, scope())
                .recountingMissing(waived, Waivers.endedWithoutData(before, waived, new EquivalentValues(keys)));
        Map<String, String> parameters = table.map(CatalogTable::parameters).orElse(Map.of());
        return new PublishedTableState(now, keys, parameters, new Publication(now, spec, true).ended(parameters));
    }

    /** Whether the record of what is outstanding or waived is not in this stack's state bucket. */
    public boolean hasLostRecord() {
        return table.filter(known -> PublishedParameters.areOfLostRecord(record, known.parameters()))
                .isPresent();
    }

    /**
     * The same snapshot, for a run that looks at a part of the table.
     *
     * @throws RecordLostException if {@link #hasLostRecord}
     */
    public TableSnapshot requireRecord() {
        table.ifPresent(known -> RecordLostException.requireRecordOf(known, record));
        return this;
    }

    /** The subject of its progress. */
    public ProgressScope scope() {
        return ProgressScope.of(spec, table.flatMap(CatalogTable::created));
    }

    /** The state of the table in a detection's report. */
    public DetectionReport.SeenTable seenTable() {
        return new DetectionReport.SeenTable(
                table.flatMap(CatalogTable::created),
                table.flatMap(known -> PublishedParameters.run(known.parameters())));
    }

    /** The columns that the run adds to the table. */
    public List<Column> newColumns() {
        return table.map(known -> spec.columnsToAppend(known.columns())).orElse(List.of());
    }
}
