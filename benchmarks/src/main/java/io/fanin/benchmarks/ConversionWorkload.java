package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Stopwatch;
import io.fanin.benchmarks.measure.Throttled;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One partition of raw flights, from S3 into Parquet in S3, or from local files into a local file by DuckDB alone.
 *
 * @param by the converter
 * @param s3 where the raw data is; without it S3 is in memory, behind a network of 600 MB/s
 */
record ConversionWorkload(By by, RawFlights raw, Optional<URI> s3) implements Workload {

    enum By {
        FUNCTION,
        DUCKDB_ALONE
    }

    /** The defaults of the stack parameters ProcessorMemory and ProcessorStorage. */
    static final long MEMORY_MEGABYTES = 1769;

    static final long STORAGE_MEGABYTES = 512;
    private static final int MEBIBYTE = 1 << 20;

    private static final long NETWORK_BYTES_PER_SECOND = 600_000_000;
    private static final String BUCKET = "lake";
    private static final String FROM = "raw/hour=1/";
    private static final String TO = "flights/hour=1/";

    @Override
    public Measured run() {
        try {
            return switch (by) {
                case FUNCTION -> converted();
                case DUCKDB_ALONE -> copied();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB has failed: " + e.getMessage(), e);
        }
    }

    /** S3 with the raw data in it. */
    static FakeS3 filled(RawFlights raw) {
        FakeS3 s3 = new FakeS3().createBucket(BUCKET);
        List<RawObject> contents = raw.different();
        IntStream.range(0, raw.objects())
                .forEach(i -> s3.put(
                        BUCKET,
                        FROM + raw.name(i),
                        contents.get(i % contents.size()).bytes().asByteArrayUnsafe()));
        return s3;
    }

    private Measured converted() throws IOException {
        RequestCounter requests = new RequestCounter();
        long expected = expected(raw.different());
        try (S3Client client = s3.map(uri -> BenchmarkClients.s3At(uri, requests))
                .orElseGet(() ->
                        BenchmarkClients.s3Through(new Throttled(filled(raw), NETWORK_BYTES_PER_SECOND), requests))) {
            Stopwatch watch = Stopwatch.started();
            ConversionReport report;
            try (PartitionConversion conversion = conversion(client)) {
                report = conversion.make(
                        new Partition(PartitionValues.of("1"), TO),
                        FROM,
                        badRecords -> {
                            throw new IllegalStateException("sound records were taken for bad ones");
                        },
                        RowRules.NONE);
            }
            if (!(report instanceof ConversionReport.Converted converted)) {
                throw new IllegalStateException("nothing was found to convert: " + report);
            }
            Measured measured =
                    watch.stopped(requests.counts(), converted.written().bytes());
            require(expected, converted.rows());
            return measured;
        }
    }

    private PartitionConversion conversion(S3Client client) throws IOException {
        return new PartitionConversion(
                new SourceDefinition(
                        S3Location.of("s3://" + BUCKET + "/raw/"),
                        raw.form() == RawFlights.Form.CSV ? DataFormat.CSV : DataFormat.JSON,
                        CsvOptions.RAW,
                        List.of(new PartitionKey("hour", KeyType.INT)),
                        TableDefinition.HIVE_LAYOUT),
                raw.columns(),
                ProcessorSpec.Convert.DEFAULT,
                new S3ObjectSource(new BucketReader(client, BUCKET)),
                VersionTarget.of(
                        new S3ObjectTarget(client, BUCKET, TableName.of("benchmarks.flights")),
                        new RunId("benchmark"),
                        0,
                        Workers.THREADS),
                new KeptDatabase(() -> ConversionSettings.of(
                        temporary(),
                        STORAGE_MEGABYTES * MEBIBYTE,
                        MEMORY_MEGABYTES * MEBIBYTE,
                        Runtime.getRuntime().availableProcessors())),
                Deadline.NONE);
    }

    /** The plain DuckDB statement for files on a local disk, without any checks. */
    private Measured copied() throws IOException, SQLException {
        try (Scratch scratch = Scratch.in(temporary())) {
            Path folder = scratch.folder();
            List<RawObject> contents = raw.different();
            long expected = expected(contents);
            for (int i = 0; i < raw.objects(); i++) {
                Files.write(
                        folder.resolve(raw.name(i)),
                        contents.get(i % contents.size()).bytes().asByteArrayUnsafe());
            }
            Stopwatch watch = Stopwatch.started();
            long rows;
            try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("SET preserve_insertion_order = false");
                statement.execute("SET TimeZone = 'UTC'");
                rows = statement.executeLargeUpdate(
                        "COPY (SELECT * FROM %s) TO '%s/flights.parquet' (FORMAT parquet, COMPRESSION zstd)"
                                .formatted(raw.duckDb(folder), folder));
            }
            Measured measured = watch.stopped(Map.of(), Files.size(folder.resolve("flights.parquet")));
            require(expected, rows);
            return measured;
        }
    }

    /** The number of records. It is found out before the time is taken, since contents are made anew to be counted. */
    private long expected(List<RawObject> contents) {
        return IntStream.range(0, raw.objects())
                .mapToLong(i -> contents.get(i % contents.size()).records())
                .sum();
    }

    private static void require(long expected, long rows) {
        if (rows != expected) {
            throw new IllegalStateException("rows: expected %d, found %d".formatted(expected, rows));
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
