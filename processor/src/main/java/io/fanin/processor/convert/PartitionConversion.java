package io.fanin.processor.convert;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.Inventory;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.SourceDefinition;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.Uploads;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.files.LocalReport;
import io.fanin.records.files.ParquetFiles;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Converts the raw JSON or CSV of a table's partitions, with one database for all of them. Files are uploaded while
 * they are written. The database is kept for later calls unless a partition has failed, or a user's condition has run
 * in it.
 */
public final class PartitionConversion implements PartitionMaker {

    private final VersionTarget target;
    private final ConversionFailures failures;
    private final Deadline deadline;
    private final KeptDatabase databases;
    private final ScratchDatabase database;
    private final LocalConversion conversion;
    private boolean nothingIsLeft = true;

    /** Conversions that take the disk space and memory that are available when they are opened. */
    public static Conversions with(KeptDatabase databases) {
        return (spec, convert, raw, target, deadline) -> new PartitionConversion(
                spec.source().orElseThrow(), spec.definition().columns(), convert, raw, target, databases, deadline);
    }

    /**
     * Takes a database, or opens one.
     *
     * @throws ConversionException {@code UnsupportedType} if a column's type cannot be written
     */
    public PartitionConversion(
            SourceDefinition source,
            List<Column> columns,
            ProcessorSpec.Convert spec,
            ObjectSource objects,
            VersionTarget target,
            KeptDatabase databases,
            Deadline deadline)
            throws IOException {
        this.target = target;
        this.deadline = deadline;
        this.databases = databases;
        this.database = databases.take();
        this.failures = new ConversionFailures(database.settings());
        try {
            this.conversion = new LocalConversion(
                    source,
                    columns,
                    spec,
                    CsvReading.BY_HEADER,
                    objects,
                    database.settings(),
                    deadline,
                    database.database());
        } catch (RuntimeException e) {
            nothingIsLeft = e instanceof ConversionException;
            close();
            throw e;
        }
    }

    @Override
    public ConversionReport make(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
            throws IOException {
        boolean wasClean = nothingIsLeft;
        nothingIsLeft = false;
        ConversionReport report = made(partition, from, quarantine, check);
        nothingIsLeft = wasClean && !check.runsConditions();
        return report;
    }

    private ConversionReport made(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
            throws IOException {
        return failures.named(() -> {
            try (Scratch own = Scratch.in(database.folder());
                    Uploads uploads = target.uploads(partition.prefix(), deadline)) {
                ParquetFiles files = new Uploaded(check, database.database(), uploads);
                return switch (conversion.convert(from, own.folder(), files)) {
                    case LocalReport.Local local -> {
                        check.end(local.rows());
                        yield published(local, uploads, from, quarantine);
                    }
                    case ConversionReport.NoData none -> none;
                };
            }
        });
    }

    /** Passes files to the check when they are complete, and to the uploads while they are written. */
    private record Uploaded(RowRules check, DuckDb database, Uploads uploads) implements ParquetFiles {

        @Override
        public LongConsumer begin(Path file) {
            return uploads.begin(file);
        }

        @Override
        public void accept(Path file, long rows) throws IOException {
            check.add(database, file);
            uploads.add(file);
        }
    }

    private ConversionReport published(LocalReport.Local local, Uploads uploads, String from, Consumer<Path> quarantine)
            throws IOException {
        uploads.await();
        deadline.checkPublishing(
                () -> LocalConversion.progress(from, local.rows(), local.bad(), local.rows(), local.files()));
        Inventory published = uploads.publish(() -> local.badRecords().ifPresent(quarantine));
        return new ConversionReport.Converted(
                local.read(), published, uploads.version(), local.rows(), local.bad(), local.names());
    }

    @Override
    public void close() throws IOException {
        if (nothingIsLeft) {
            databases.keep(database);
        } else {
            database.close();
        }
    }
}
