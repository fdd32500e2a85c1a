package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Defines a table and how its partitions are found and processed: the execution's input. Omitted fields come from the
 * catalog, or have their defaults; a resolved spec omits none.
 *
 * @param timeZone in which the time keys of the table and of its source are written; UTC by default
 * @param takesOver the table whose folder and files become this one's
 * @param enabled whether a run of all tables includes this one; the table can be run on its own regardless
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableSpec(
        @JsonProperty(required = true) String database,
        @JsonProperty(required = true) String table,
        Optional<S3Location> location,
        Optional<DataFormat> format,
        Optional<CsvSpec> csv,
        Optional<List<Column>> columns,
        Optional<OnNewColumns> onNewColumns,
        Optional<List<PartitionKey>> partitionKeys,
        Optional<List<List<String>>> partitionIndexes,
        Optional<String> layout,
        Optional<KeyZone> timeZone,
        Optional<SourceSpec> source,
        Optional<ProcessorSpec> processor,
        Optional<DetectionSpec> detection,
        Optional<OnEmpty> onEmpty,
        Optional<OnPartial> onPartial,
        Optional<VerifySpec> verify,
        Optional<TableName> takesOver,
        Optional<Boolean> enabled) {

    public TableName tableName() {
        return new TableName(database, table);
    }

    public boolean enabledOrDefault() {
        return enabled.orElse(true);
    }

    /** Whether it names the table and nothing else, so that the rest comes from the catalog and the defaults. */
    public boolean namesTableOnly() {
        return Json.documents().valueToTree(this).size() == 2;
    }

    public OnEmpty onEmptyOrDefault() {
        return onEmpty.orElse(OnEmpty.FAIL);
    }

    public OnNewColumns onNewColumnsOrDefault() {
        return onNewColumns.orElse(OnNewColumns.FAIL);
    }

    /**
     * The columns that a run adds after those of a table; an empty list if the table has them all.
     *
     * @return empty if a run may not add columns to a table with these columns
     */
    public Optional<List<Column>> columnsToAppend(List<Column> known) {
        return columns.filter(given -> onNewColumnsOrDefault() == OnNewColumns.APPEND)
                .flatMap(given -> Column.appended(known, given));
    }

    public OnPartial onPartialOrDefault() {
        return onPartial.orElse(OnPartial.FAIL);
    }

    public DetectionSpec detectionOrDefault() {
        return detection.orElse(DetectionSpec.Listing.DEFAULT);
    }

    public ProcessorSpec processorOrDefault() {
        return processor.orElse(ProcessorSpec.Validate.DEFAULT);
    }

    /** The spec of a run that follows this one, whose table is so defined. */
    public ResolvedSpec resolved(TableDefinition definition) {
        return new ResolvedSpec(new TableSpec(
                database,
                table,
                Optional.of(definition.location()),
                Optional.of(definition.format()),
                definition.format() == DataFormat.CSV ? Optional.of(CsvSpec.of(definition.csv())) : Optional.empty(),
                Optional.of(definition.columns()),
                onNewColumns,
                Optional.of(definition.keys()),
                partitionIndexes,
                Optional.of(definition.layout()),
                timeZone,
                source.map(one -> one.resolved(definition.keys())),
                Optional.of(processorOrDefault()),
                Optional.of(detectionOrDefault()),
                Optional.of(onEmptyOrDefault()),
                Optional.of(onPartialOrDefault()),
                verify,
                takesOver,
                enabled));
    }

    /** The same spec with another processor. */
    public TableSpec with(ProcessorSpec other) {
        return with(timeZone, Optional.of(other));
    }

    /** The same spec with its time keys in this zone. */
    TableSpec inZone(KeyZone other) {
        return with(Optional.of(other), processor);
    }

    private TableSpec with(Optional<KeyZone> newZone, Optional<ProcessorSpec> newProcessor) {
        return new TableSpec(
                database,
                table,
                location,
                format,
                csv,
                columns,
                onNewColumns,
                partitionKeys,
                partitionIndexes,
                layout,
                newZone,
                source,
                newProcessor,
                detection,
                onEmpty,
                onPartial,
                verify,
                takesOver,
                enabled);
    }
}
