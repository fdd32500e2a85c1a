package io.fanin.processor.convert;

import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.SourceDefinition;
import io.fanin.processor.publish.Uploads;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.files.LocalReport;
import io.fanin.records.files.ParquetFiles;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Converts the partitions of one table one after the other, with one database. Files are uploaded while they are
 * written; nothing is visible in the table before the whole partition is converted and counted.
 */
public final class PartitionConversion implements Closeable {

    private final ObjectTarget target;
    private final ConversionFailures failures;
    private final Deadline deadline;
    private final ScratchDatabase database;
    private final LocalConversion conversion;

    /**
     * Opens the database.
     *
     * @throws ConversionException {@code UnsupportedType} when a column has a type that cannot be written
     */
    public PartitionConversion(
            SourceDefinition source,
            List<Column> columns,
            ProcessorSpec.Convert spec,
            ObjectSource objects,
            ObjectTarget target,
            ConversionSettings settings,
            Deadline deadline)
            throws IOException {
        this.target = target;
        this.failures = new ConversionFailures(settings);
        this.deadline = deadline;
        this.database = ScratchDatabase.forRows(settings);
        try {
            this.conversion =
                    new LocalConversion(source, columns, spec, objects, settings, deadline, database.database());
        } catch (ConversionException e) {
            close();
            throw e;
        }
    }

    /**
     * Converts one partition.
     *
     * @param from its prefix in the source
     * @param to its prefix in the table
     * @param check of the files before any is published
     * @throws ConversionException when it cannot be converted
     * @throws io.fanin.records.objects.UnsoundObjectException when an object cannot be read
     * @throws IOException when a transfer failed: a retry may succeed
     */
    public ConversionReport convert(String from, String to, Quarantine quarantine, FilesCheck check)
            throws IOException {
        return failures.named(() -> {
            try (Scratch own = Scratch.in(database.folder());
                    Uploads uploads = Uploads.into(target, to)) {
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
    private record Uploaded(FilesCheck check, DuckDb database, Uploads uploads) implements ParquetFiles {

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

    private ConversionReport published(LocalReport.Local local, Uploads uploads, String from, Quarantine quarantine)
            throws IOException {
        uploads.await();
        deadline.checkPublishing(
                () -> LocalConversion.progress(from, local.rows(), local.bad(), local.rows(), local.files()));
        local.badRecords().ifPresent(quarantine::keep);
        return new ConversionReport.Converted(local.read(), uploads.publish(), local.rows(), local.bad());
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
