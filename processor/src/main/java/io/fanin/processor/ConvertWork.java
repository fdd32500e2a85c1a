package io.fanin.processor;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.SourceDefinition;
import io.fanin.core.table.TableDefinition;
import io.fanin.processor.convert.ConversionException;
import io.fanin.processor.convert.ConversionReport;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.validate.UnsoundObjectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The processor {@code convert}: a partition's raw data is read in the source and written as Parquet into the table. */
final class ConvertWork implements PartitionWork {

    /** How many of the raw records are not in the table; a partition's parameter, where there are any. */
    private static final String BAD_RECORDS = "fanin.bad_records";

    private final TableSpec spec;
    private final ProcessorSpec.Convert convert;
    private final RunFolder run;
    private final ConversionTools tools;
    private final Deadline deadline;
    private Optional<PartitionConversion> open = Optional.empty();

    ConvertWork(
            TableSpec spec, ProcessorSpec.Convert convert, RunFolder run, ConversionTools tools, Deadline deadline) {
        this.spec = spec;
        this.convert = convert;
        this.run = run;
        this.tools = tools;
        this.deadline = deadline;
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            return switch (convert(partition)) {
                case ConversionReport.Converted converted -> processed(partition, converted);
                case ConversionReport.NoData none -> without(spec, partition, none);
            };
        } catch (ConversionException e) {
            return new PartitionResult.Failed(partition, new Failure(e.errorType(), e.getMessage()));
        } catch (UnsoundObjectException e) {
            return new PartitionResult.Failed(partition, new Failure(e.defect().errorType(), e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ConversionReport convert(Partition partition) throws IOException {
        String name = partition.values().nameFor(spec.definition().keys());
        try {
            return conversion()
                    .convert(
                            source(partition),
                            partition.prefix(),
                            badRecords -> run.writeBadRecords(name, badRecords),
                            RowRules.of(convert.expectOrNone(), spec.definition(), partition.values(), deadline));
        } catch (ConversionException e) {
            close();
            throw e;
        }
    }

    /** Where its raw data lies. */
    static String source(Partition partition) {
        return partition
                .source()
                .orElseThrow(() -> new IllegalStateException(
                        "the manifest does not say where the raw data of " + partition.prefix() + " lies"));
    }

    /** Opened with the first partition, so that what keeps it from opening is that partition's failure. */
    private PartitionConversion conversion() throws IOException {
        if (open.isEmpty()) {
            TableDefinition table = spec.definition();
            SourceDefinition source = spec.sourceDefinition().orElseThrow();
            open = Optional.of(new PartitionConversion(
                    source,
                    table.columns(),
                    convert,
                    tools.objectsOfBucket().apply(source.location().bucket()),
                    tools.targetsOfBucket().apply(table.location().bucket()),
                    tools.settings().get(),
                    deadline));
        }
        return open.get();
    }

    /** What is told of a partition that was made of raw data. */
    static PartitionResult processed(Partition partition, ConversionReport.Converted converted) {
        return new PartitionResult.Processed(
                partition,
                converted.read(),
                OptionalLong.of(converted.rows()),
                Optional.of(converted.written()),
                converted.bad() == 0 ? Map.of() : Map.of(BAD_RECORDS, String.valueOf(converted.bad())));
    }

    /** What becomes of a partition whose source holds no data. */
    static PartitionResult without(TableSpec spec, Partition partition, ConversionReport.NoData none) {
        if (spec.detectionOrDefault() instanceof DetectionSpec.Calendar) {
            return new PartitionResult.Processed(
                    partition, new InventorySum(partition.prefix()).sum(), OptionalLong.empty());
        }
        return none.nothingButFolderMarkers()
                ? new PartitionResult.Skipped(partition, none.message())
                : new PartitionResult.Failed(partition, new Failure("NoObjects", none.message()));
    }

    /** A database that has failed may not be fit for another partition: the next one opens another. */
    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            PartitionConversion conversion = open.get();
            open = Optional.empty();
            conversion.close();
        }
    }
}
