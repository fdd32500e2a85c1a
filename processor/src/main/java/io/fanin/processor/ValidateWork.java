package io.fanin.processor;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.Inventory;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.Expectation;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.text.OneLine;
import io.fanin.processor.convert.ConversionException;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.duckdb.DuckDbException;
import io.fanin.processor.parquet.ParquetValidation;
import io.fanin.processor.validate.Defect;
import io.fanin.processor.validate.ObjectFormat;
import io.fanin.processor.validate.ObjectSource;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The processor {@code validate}: the data stays as it is, and every object of the partition is looked at. */
final class ValidateWork implements PartitionWork {

    private static final int MESSAGE = 400;

    private final PartitionValidation validation;
    private final Optional<ParquetValidation> parquet;
    private final List<Expectation> expectations;
    private final boolean mayBeEmpty;

    ValidateWork(TableSpec spec, ProcessorSpec.Validate validate, ConversionTools tools, Deadline deadline) {
        TableDefinition table = spec.definition();
        ObjectSource source = tools.objectsOfBucket().apply(table.location().bucket());
        this.parquet = switch (table.format()) {
            case JSON, CSV -> Optional.empty();
            case PARQUET ->
                Optional.of(
                        new ParquetValidation(source, table, validate, tools.settings(), deadline, Workers.THREADS));
        };
        this.validation = parquet.map(own -> PartitionValidation.ofParquet(source, own::partition))
                .orElseGet(() -> ofText(source, table));
        this.expectations = validate.expectOrNone();
        this.mayBeEmpty = spec.detectionOrDefault() instanceof DetectionSpec.Calendar;
    }

    private static PartitionValidation ofText(ObjectSource source, TableDefinition table) {
        return switch (table.format()) {
            case JSON -> PartitionValidation.ofJson(source);
            case CSV ->
                PartitionValidation.ofCsv(
                        source,
                        new ObjectFormat.Csv(
                                table.csv().delimiter(),
                                table.csv().quoted(),
                                table.csv().header()));
            case PARQUET -> throw new IllegalArgumentException("Parquet is no text");
        };
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            return result(partition, validation.validate(partition.prefix()));
        } catch (ConversionException e) {
            return new PartitionResult.Failed(partition, new Failure(e.errorType(), e.getMessage()));
        } catch (DuckDbException e) {
            return new PartitionResult.Failed(partition, failure(e));
        }
    }

    private PartitionResult result(Partition partition, PartitionReport report) {
        if (mayBeEmpty && report.saysEmpty()) {
            Inventory nothing = new InventorySum(partition.prefix()).sum();
            return new PartitionResult.Processed(partition, nothing, OptionalLong.empty());
        }
        return switch (report) {
            case PartitionReport.Sound sound ->
                tooFewRows(sound.rows())
                        .<PartitionResult>map(failure -> new PartitionResult.Failed(partition, failure))
                        .orElseGet(() -> new PartitionResult.Processed(
                                partition, sound.inventory(), sound.rows(), Optional.empty(), sound.parameters()));
            case PartitionReport.NoPartition none -> new PartitionResult.Skipped(partition, none.message());
            case PartitionReport.Unsound unsound ->
                new PartitionResult.Failed(partition, new Failure(unsound.errorType(), unsound.message()));
        };
    }

    /** Readers that do not agree on a number of rows would not agree on the rule. */
    private Optional<Failure> tooFewRows(OptionalLong rows) {
        return expectations.stream()
                .flatMap(expectation -> expectation
                        .rows()
                        .filter(least -> rows.isEmpty() || rows.getAsLong() < least.atLeast())
                        .map(least -> "'%s' wants %d rows or more, found %s"
                                .formatted(
                                        OneLine.of(expectation.name()),
                                        least.atLeast(),
                                        rows.isPresent()
                                                ? String.valueOf(rows.getAsLong())
                                                : "a number that readers do not agree on"))
                        .stream())
                .findFirst()
                .map(message ->
                        new Failure(Defect.EXPECTATION_FAILED.errorType(), "what is expected of it: " + message));
    }

    private static Failure failure(DuckDbException e) {
        String message = OneLine.beginning(e.getMessage(), MESSAGE);
        return switch (e.kind()) {
            case OUT_OF_MEMORY -> new Failure("OutOfMemory", message + ": raise the stack's parameter ProcessorMemory");
            case NO_SPACE -> new Failure("NoSpace", message + ": raise the stack's parameter ProcessorStorage");
            case INTERRUPTED ->
                new Failure(
                        "DeadlineExceeded",
                        "the function's time was over while rules were held against the data: raise the stack's parameters"
                                + " ProcessorTimeout or ProcessorMemory, or write smaller objects");
            case OTHER -> new Failure("DuckDbError", message);
        };
    }

    @Override
    public void close() throws IOException {
        if (parquet.isPresent()) {
            parquet.get().close();
        }
    }
}
