package io.fanin.records.files;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.table.Column;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.Conversion;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes the raw records of partitions as Parquet files on the function's disk, one partition after the other. Several
 * threads read the objects and check the records against the columns, while the valid ones are already written. The
 * caller decides about the files.
 */
public final class LocalConversion {

    /** For a table's own objects: a bad record fails its partition. */
    public static final RawRecords NO_BAD_RECORDS = new ProcessorSpec.Convert(
            Optional.of(OnBadRecord.FAIL),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final SourceDefinition source;
    private final RawRecords rules;
    private final Conversion conversion;
    private final ObjectSource objects;
    private final ConversionSettings settings;
    private final Deadline deadline;
    private final DuckDb database;
    private final ConversionFailures failures;

    /**
     * Reads the columns' types.
     *
     * @param columns of the raw records, with the types of the files
     * @param database closed by the caller; conversions use folders within its own
     * @throws ConversionException {@code UnsupportedType} when a column has a type that cannot be written
     */
    public LocalConversion(
            SourceDefinition source,
            List<Column> columns,
            RawRecords rules,
            CsvReading reading,
            ObjectSource objects,
            ConversionSettings settings,
            Deadline deadline,
            DuckDb database) {
        this.source = source;
        this.rules = rules;
        this.objects = objects;
        this.settings = settings;
        this.deadline = deadline;
        this.database = database;
        this.failures = new ConversionFailures(settings);
        try {
            this.conversion = new Conversion(source, columns, rules, reading);
        } catch (IllegalArgumentException e) {
            throw new ConversionException(FailureCode.UNSUPPORTED_TYPE, e.getMessage(), e);
        }
    }

    /**
     * Converts one partition. The files contain all valid records, and at most the allowed number were bad; otherwise
     * it throws.
     *
     * @param from its prefix in the source
     * @param own a folder used only for its files
     * @param files takes each file when it is written, while others are still being read
     * @throws ConversionException when it cannot be converted
     * @throws io.fanin.records.objects.ObjectDefectException when an object cannot be read
     * @throws IOException when a transfer failed: a retry may succeed
     */
    public LocalReport convert(String from, Path own, ParquetFiles files) throws IOException {
        return failures.named(() -> {
            try (BadRecords badRecords = new BadRecords(
                    rules.onBadRecordOrDefault(),
                    rules.maxBadRecordsOrDefault(),
                    own.resolve("bad-records"),
                    settings.badRecords(),
                    settings.samples())) {
                return new Attempt(own, badRecords, from).run(files);
            }
        });
    }

    /** One partition's conversion. */
    private final class Attempt {

        private final BadRecords badRecords;
        private final String from;
        private final Chunks chunks;
        private final PartitionFiles files;

        Attempt(Path own, BadRecords badRecords, String from) {
            this.badRecords = badRecords;
            this.from = from;
            this.chunks = new Chunks(
                    conversion.vectors(),
                    settings.chunks(),
                    settings.chunkBytes(),
                    () -> deadline.check(this::progress));
            this.files = new PartitionFiles(
                    own, conversion, database, chunks, deadline, rules.targetFileSizeMbOrDefault(), settings);
        }

        LocalReport run(ParquetFiles to) throws IOException {
            Inventory read;
            UnmatchedNames names;
            try (Reading reading = new Reading(source, objects, conversion, from, settings)) {
                reading.start(chunks, badRecords);
                files.write(to);
                read = reading.inventory();
                names = reading.names();
                if (read.files() == 0) {
                    return reading.noData();
                }
            }
            long bad = badRecords.count();
            badRecords.check(files.rows() + bad);
            return new LocalReport.Local(read, files.rows(), bad, files.files(), badRecords.file(), names);
        }

        private String progress() {
            return LocalConversion.progress(from, chunks.records(), badRecords.count(), files.rows(), files.files());
        }
    }

    /** The progress of a partition, for people. */
    public static String progress(String from, long sound, long bad, long rows, int files) {
        return "%d records of %s are read, %d bad ones among them, %d rows are converted into %d files"
                .formatted(sound + bad, LogSafe.of(from), bad, rows, files);
    }
}
