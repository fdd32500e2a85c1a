package io.fanin.processor;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.Expectation;
import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType.Field;
import io.fanin.processor.avro.AvroValidation;
import io.fanin.processor.parquet.Lazy;
import io.fanin.processor.parquet.ParquetValidation;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.parquet.TextRules;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.ScratchDatabase;
import io.fanin.records.serde.SerDe;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The processor {@code validate}: checks every object of the partition and changes none. */
final class ValidateWork implements PartitionWork {

    private static final int MESSAGE = 400;

    /** Defects of an object that has changed since it was listed. */
    private static final Set<FailureCode> CHANGED = Set.of(FailureCode.VANISHED, FailureCode.REPLACED);

    private final List<String> prefixes;
    private final ObjectSource source;
    private final TableDefinition table;

    /** Columns whose values are checked against their types. */
    private final List<Field> typed;

    private final Optional<ParquetValidation> parquet;
    private final Optional<AvroValidation> avro;
    private final Optional<TextRules> text;
    private final List<Expectation> expectations;
    private final RowSamples samples;
    private final EmptyPartition empty;

    /** @param prefixes of the partitions, in the order in which they are processed */
    ValidateWork(
            TableSpec spec,
            ProcessorSpec.Validate validate,
            List<String> prefixes,
            ProcessorServices tools,
            Deadline deadline) {
        this.table = spec.definition();
        this.typed = validate.typesOrDefault() ? SerDe.columns(table.columns()) : List.of();
        this.prefixes = List.copyOf(prefixes);
        this.source = tools.objectsOfBucket().apply(table.location().bucket()).inTurn(prefixes);
        this.expectations = validate.expectOrNone();
        boolean isParquet = table.format() == DataFormat.PARQUET;
        boolean isText = table.format() == DataFormat.JSON || table.format() == DataFormat.CSV;
        this.parquet = isParquet
                ? Optional.of(new ParquetValidation(
                        source,
                        table,
                        validate,
                        spec.onNewColumnsOrDefault(),
                        tools.settings(),
                        deadline,
                        tools.workers()))
                : Optional.empty();
        this.avro = table.format() == DataFormat.AVRO
                ? Optional.of(new AvroValidation(source, table, validate, spec.onNewColumnsOrDefault()))
                : Optional.empty();
        this.text = isText && TextRules.areNeeded(expectations)
                ? Optional.of(new TextRules(
                        source,
                        table,
                        expectations,
                        deadline,
                        new Lazy<>(
                                () -> ScratchDatabase.forRows(tools.settings().get()))))
                : Optional.empty();
        this.samples = tools.samples();
        this.empty = new EmptyPartition(spec);
    }

    private PartitionValidation validation(Partition partition) {
        return switch (table.format()) {
            case JSON -> PartitionValidation.ofJson(source, typed, samples);
            case CSV -> PartitionValidation.ofCsv(source, table.csv(), typed, samples);
            case PARQUET ->
                PartitionValidation.ofParquet(
                        source, () -> parquet.orElseThrow().partition(partition.values()));
            case AVRO -> PartitionValidation.ofAvro(source, avro.orElseThrow()::partition);
            case OTHER ->
                throw new IllegalStateException("table " + table.name()
                        + " is of a format that cannot be validated: expected the processor register");
        };
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            return switch (report(partition)) {
                case PartitionReport.Sound sound -> sound(partition, sound);
                case PartitionReport.Empty none -> empty.result(partition, none.what(), none.message());
            };
        } catch (DuckDbException e) {
            return new PartitionResult.Failed(partition, failure(e));
        }
    }

    /**
     * Objects that were listed together with the previous partition may have changed: then they are listed and read
     * again.
     */
    private PartitionReport report(Partition partition) throws IOException {
        try {
            return validation(partition).validate(partition.prefix());
        } catch (ObjectDefectException e) {
            if (partition.prefix().equals(prefixes.getFirst()) || !CHANGED.contains(e.code())) {
                throw e;
            }
            return validation(partition).validate(partition.prefix());
        }
    }

    private PartitionResult sound(Partition partition, PartitionReport.Sound sound) throws IOException {
        Optional<String> tooFew = RowRules.tooFew(expectations, sound.rows());
        if (tooFew.isPresent()) {
            return new PartitionResult.Failed(partition, new Failure(FailureCode.EXPECTATION_FAILED, tooFew.get()));
        }
        if (text.isPresent()) {
            text.get().check(partition, sound.inventory());
        }
        return new PartitionResult.Processed(partition, sound.inventory(), sound.rows()).with(sound.parameters());
    }

    private static Failure failure(DuckDbException e) {
        String message = LogSafe.ofLines(e.getMessage(), MESSAGE);
        return switch (e.kind()) {
            case OUT_OF_MEMORY ->
                new Failure(FailureCode.OUT_OF_MEMORY, message + ": raise the stack's parameter ProcessorMemory");
            case NO_SPACE ->
                new Failure(FailureCode.NO_SPACE, message + ": raise the stack's parameter ProcessorStorage");
            case INTERRUPTED ->
                new Failure(
                        FailureCode.DEADLINE_EXCEEDED,
                        "the function's time was over while rules were held against the data: write smaller objects, or raise the"
                                + " stack's parameter ProcessorMemory, with which the CPU grows");
            case OTHER -> new Failure(FailureCode.DUCKDB_ERROR, message);
        };
    }

    @Override
    public void close() throws IOException {
        if (parquet.isPresent()) {
            parquet.get().close();
        }
        if (text.isPresent()) {
            text.get().close();
        }
    }
}
