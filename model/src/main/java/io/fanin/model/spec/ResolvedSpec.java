package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The spec that a run follows: what the given spec leaves out comes from the catalog, from the table's parameters and
 * from the defaults.
 *
 * @param document the same as the run's folder holds it
 */
public record ResolvedSpec(@JsonUnwrapped TableSpec document) {

    /**
     * Reads a document as the spec of a run.
     *
     * @throws IllegalArgumentException if it does not define its table, or the table's name is not valid
     */
    public ResolvedSpec {
        TableName.of(document.tableName().toString());
        boolean definesTable = Stream.of(
                        document.location(),
                        document.format(),
                        document.columns(),
                        document.partitionKeys(),
                        document.layout())
                .allMatch(Optional::isPresent);
        if (!definesTable) {
            throw new IllegalArgumentException(
                    "the spec is not resolved: it needs location, format, columns, partitionKeys and layout");
        }
    }

    public TableName tableName() {
        return document.tableName();
    }

    /** The table that the spec describes. */
    public TableDefinition definition() {
        return new TableDefinition(
                tableName(),
                document.location().orElseThrow(),
                document.format().orElseThrow(),
                document.csv().map(CsvSpec::options).orElse(CsvOptions.DEFAULT),
                document.columns().orElseThrow(),
                document.partitionKeys().orElseThrow(),
                document.layout().orElseThrow());
    }

    /** Where the raw data are; empty if the table's objects are the raw data. */
    public Optional<SourceDefinition> source() {
        return document.source()
                .map(one -> one.definition(document.partitionKeys().orElseThrow()));
    }

    /** The columns of the raw records. */
    public List<Column> sourceColumns() {
        return document.source().flatMap(SourceSpec::columns).orElseGet(document.columns()::orElseThrow);
    }

    public ProcessorSpec processor() {
        return document.processorOrDefault();
    }

    /** The check of the table's objects as they are; empty if they are not checked, or made by a function. */
    public Optional<ProcessorSpec.Validate> validation() {
        return switch (processor()) {
            case ProcessorSpec.Validate validate -> Optional.of(validate);
            case ProcessorSpec.Job job -> Optional.of(job.validation());
            case ProcessorSpec.Register register -> Optional.empty();
            case ProcessorSpec.Convert convert -> Optional.empty();
            case ProcessorSpec.Sql sql -> Optional.empty();
            case ProcessorSpec.Custom custom -> Optional.empty();
        };
    }

    /** Whether columns are checked that objects have under the names of the table's. */
    public boolean checksColumnsByName() {
        return validation().filter(this::looksAtColumns).isPresent();
    }

    private boolean looksAtColumns(ProcessorSpec.Validate validate) {
        return validate.expectOrNone().stream()
                        .anyMatch(one -> one.notNull().isPresent() || one.sql().isPresent())
                || (definition().format() == DataFormat.PARQUET
                        && (validate.schemaOrDefault() == SchemaCheck.STRICT
                                || !validate.statisticsOrNone().isEmpty()));
    }

    public DetectionSpec detection() {
        return document.detectionOrDefault();
    }

    public OnEmpty onEmpty() {
        return document.onEmptyOrDefault();
    }

    public OnPartial onPartial() {
        return document.onPartialOrDefault();
    }

    public OnNewColumns onNewColumns() {
        return document.onNewColumnsOrDefault();
    }

    /** The columns that the run adds after those of a table. */
    public List<Column> columnsToAppend(List<Column> known) {
        return document.columnsToAppend(known).orElse(List.of());
    }

    /** The zone in which the time keys are written, if it is stated. */
    public Optional<KeyZone> timeZone() {
        return document.timeZone();
    }

    public KeyZone timeZoneOrUtc() {
        return timeZone().orElse(KeyZone.UTC);
    }

    /** The keys of each index that the table is to be created with, by their names. */
    public List<List<String>> partitionIndexes() {
        return document.partitionIndexes().orElse(List.of());
    }

    /** The maximum number of partitions that a run verifies; 0 if the spec has none verified. */
    public int partitionsToVerify() {
        return document.verify().map(VerifySpec::partitionsPerRunOrDefault).orElse(0);
    }

    /** The table that gives up its folder to this one. */
    public Optional<TableName> takesOver() {
        return document.takesOver();
    }

    /** Whether runs with the other spec read the same raw data, and make the same partitions of it. */
    public boolean makesPartitionsLike(ResolvedSpec other) {
        return definition().canonical().equals(other.definition().canonical())
                && document.source().equals(other.document.source())
                && processor().equals(other.processor())
                && timeZoneOrUtc().equals(other.timeZoneOrUtc());
    }

    /** The same spec with another processor. */
    public ResolvedSpec with(ProcessorSpec other) {
        return new ResolvedSpec(document.with(other));
    }

    /** The same spec with its time keys in this zone. */
    public ResolvedSpec inZone(KeyZone zone) {
        return new ResolvedSpec(document.inZone(zone));
    }
}
