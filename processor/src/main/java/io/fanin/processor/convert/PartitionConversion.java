package io.fanin.processor.convert;

import io.fanin.core.run.Inventory;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.SourceDefinition;
import io.fanin.core.text.OneLine;
import io.fanin.processor.duckdb.DuckDb;
import io.fanin.processor.duckdb.DuckDbException;
import io.fanin.processor.duckdb.DuckDbSettings;
import io.fanin.processor.validate.ObjectSource;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Converts the partitions of one table, one after the other, with one database. A partition's objects are read and held
 * against the columns by several threads; what is sound goes in pieces over the function's disk into Parquet, while reading
 * goes on. Nothing is visible in the table before all of a partition is converted and counted.
 */
public final class PartitionConversion implements AutoCloseable {

    private final SourceDefinition source;
    private final ProcessorSpec.Convert spec;
    private final Conversion conversion;
    private final ObjectSource objects;
    private final ObjectTarget target;
    private final ConversionSettings settings;
    private final Deadline deadline;
    private final Scratch scratch;
    private final DuckDb database;

    /**
     * Opens the database.
     *
     * @throws ConversionException {@code UnsupportedType} when a column's type cannot be converted into
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
        this.source = source;
        this.spec = spec;
        this.objects = objects;
        this.target = target;
        this.settings = settings;
        this.deadline = deadline;
        try {
            this.conversion = new Conversion(source, columns, spec);
        } catch (IllegalArgumentException e) {
            throw new ConversionException("UnsupportedType", e.getMessage(), e);
        }
        this.scratch = Scratch.in(settings.temporary());
        this.database = open(scratch, settings);
    }

    private static DuckDb open(Scratch scratch, ConversionSettings settings) throws IOException {
        try {
            return DuckDb.open(new DuckDbSettings(
                    scratch.folder(), settings.memoryBytes(), settings.threads(), settings.duckDb()));
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    /**
     * Converts one partition.
     *
     * @param from its prefix in the source
     * @param to its prefix in the table
     * @throws ConversionException when it cannot be converted
     * @throws io.fanin.processor.validate.UnsoundObjectException when an object cannot be read
     * @throws IOException when bytes could not be moved: trying again may help
     */
    public ConversionReport convert(String from, String to, Quarantine quarantine) throws IOException {
        TargetFolder folder = new TargetFolder(target, to);
        folder.requireOurs();
        try (Scratch own = Scratch.in(scratch.folder());
                Uploads uploads = new Uploads(target, folder);
                BadRecords badRecords = new BadRecords(
                        spec.onBadRecordOrDefault(),
                        spec.maxBadRecordsOrDefault(),
                        own.folder().resolve("bad-records.jsonl"),
                        settings.badRecords())) {
            return new Attempt(own, uploads, badRecords, from).run(quarantine);
        } catch (DuckDbException e) {
            throw failure(e);
        } catch (FileSystemException e) {
            throw noSpace(e);
        } catch (IOException e) {
            if (isNoSpace(e)) {
                throw noSpace(e);
            }
            throw e;
        }
    }

    private ConversionException failure(DuckDbException e) {
        return switch (e.kind()) {
            case OUT_OF_MEMORY ->
                new ConversionException(
                        "OutOfMemory",
                        "converting needs more memory than the %d bytes that DuckDB has of the function's: raise the stack's"
                                        .formatted(settings.memoryBytes())
                                + " parameter ProcessorMemory (" + OneLine.beginning(e.getMessage(), 200) + ")",
                        e);
            case NO_SPACE -> noSpace(e);
            case INTERRUPTED ->
                new ConversionException(
                        "DeadlineExceeded",
                        "the function's time was over while Parquet was written; nothing was published. Raise the stack's"
                                + " parameters ProcessorTimeout or ProcessorMemory, or make the partition smaller",
                        e);
            case OTHER -> new ConversionException("DuckDbError", OneLine.beginning(e.getMessage(), 400), e);
        };
    }

    private ConversionException noSpace(Exception e) {
        return new ConversionException(
                "NoSpace",
                "the function's disk is full, %d bytes of it were to be used: raise the stack's parameter ProcessorStorage (%s)"
                        .formatted(settings.scratchBytes(), OneLine.beginning(String.valueOf(e.getMessage()), 200)),
                e);
    }

    private static boolean isNoSpace(IOException e) {
        return String.valueOf(e.getMessage()).contains("No space left on device");
    }

    @Override
    public void close() throws IOException {
        database.close();
        scratch.close();
    }

    /** One partition's conversion. */
    private final class Attempt {

        private final Uploads uploads;
        private final BadRecords badRecords;
        private final String from;
        private final ScratchBudget budget = new ScratchBudget(settings.pieces());
        private final Pieces pieces;
        private final Groups groups;

        Attempt(Scratch own, Uploads uploads, BadRecords badRecords, String from) {
            this.uploads = uploads;
            this.badRecords = badRecords;
            this.from = from;
            this.pieces = new Pieces(own.folder(), budget, settings.pieceBytes(), () -> deadline.check(this::progress));
            this.groups = new Groups(
                    own.folder(), conversion, database, pieces, deadline, spec.targetFileSizeMbOrDefault(), settings);
        }

        ConversionReport run(Quarantine quarantine) throws IOException {
            Inventory read;
            try (Reading reading = new Reading(source, objects, conversion, from, settings.readers())) {
                reading.start(pieces, badRecords);
                try {
                    convertAll(reading);
                } finally {
                    budget.close();
                }
                read = reading.inventory();
                if (read.files() == 0) {
                    return reading.noData();
                }
            }
            long bad = badRecords.count();
            requireEqual(pieces.records(), groups.rows());
            badRecords.check(pieces.records() + bad);
            uploads.await();
            Optional<Path> kept = badRecords.file();
            kept.ifPresent(quarantine::keep);
            deadline.checkPublishing(this::progress);
            return new ConversionReport.Converted(read, uploads.publish(), groups.rows(), bad);
        }

        private void convertAll(Reading reading) throws IOException {
            boolean done = false;
            while (!done) {
                done = reading.isDone();
                deadline.check(this::progress);
                Optional<Piece> piece = pieces.poll(done);
                while (piece.isPresent()) {
                    convert(groups.add(piece.get()));
                    piece = pieces.poll(true);
                }
            }
            convert(groups.rest());
        }

        private void convert(Optional<Path> file) throws IOException {
            if (file.isPresent()) {
                uploads.add(file.get());
            }
        }

        private void requireEqual(long records, long rows) {
            if (records != rows) {
                throw new ConversionException(
                        "RowCountMismatch",
                        "%d sound records were read and %d rows were written: this is a defect of the processor, nothing was"
                                        .formatted(records, rows)
                                + " published");
            }
        }

        private String progress() {
            return "%d records of %s are read, %d bad ones among them, %d rows are converted into %d files"
                    .formatted(
                            pieces.records() + badRecords.count(),
                            OneLine.of(from),
                            badRecords.count(),
                            groups.rows(),
                            uploads.files());
        }
    }
}
