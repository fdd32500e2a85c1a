package io.fanin.processor.parquet;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.type.HiveType.Single;
import io.fanin.processor.validate.ObjectsCheck;
import io.fanin.processor.validate.TableSchema;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.KeyValue;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Validates the Parquet partitions of one table, one after the other, with one database. */
public final class ParquetValidation implements AutoCloseable {

    private final ObjectSource source;
    private final ProcessorSpec.Validate spec;
    private final TableSchema schema;
    private final TableDefinition table;
    private final Workers workers;
    private final RowSamples samples;
    private final FileDatabase database;

    /**
     * A validation whose database is opened with the first object, with the resources available then.
     *
     * @param onNewColumns if columns may be added to the table, older files may lack the last ones
     */
    public ParquetValidation(
            ObjectSource source,
            TableDefinition table,
            ProcessorSpec.Validate spec,
            OnNewColumns onNewColumns,
            Supplier<ConversionSettings> settings,
            RowSamples samples,
            Deadline deadline,
            Workers workers) {
        this.source = source;
        this.spec = spec;
        this.schema = new TableSchema(table, onNewColumns);
        this.table = table;
        this.workers = workers;
        this.samples = samples;
        this.database = new FileDatabase(settings, deadline, () -> "not all of the partition's objects were looked at");
    }

    /** The check of one partition, whose values are columns in conditions. */
    public ObjectsCheck partition(PartitionValues values) {
        return new ParquetObjects(
                source,
                database,
                spec.schemaOrDefault() == SchemaCheck.STRICT ? this::checkColumns : (object, footer) -> {},
                statistics().toList(),
                new RuleCheck(
                        source,
                        database,
                        table.columns(),
                        Rule.of(spec.expectOrNone(), KeyValue.joined(KeyValue.of(table.keys(), values)))),
                workers);
    }

    private void checkColumns(ObjectSummary object, ParquetFooter footer) {
        schema.check(object, new ParquetColumns(footer, samples));
        StorageAgreement.require(object, footer.metadata());
    }

    /** Only for scalar columns: the others have no order. */
    private Stream<ColumnStatistics> statistics() {
        return spec.statisticsOrNone().stream()
                .flatMap(column -> schema
                        .type(column)
                        .filter(type -> type instanceof Single)
                        .map(type -> new ColumnStatistics(column.toLowerCase(Locale.ROOT), type))
                        .stream());
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
