package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.ReceivedBytes;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.fakes.FakeS3;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.parquet.ParquetValidation;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Validates one partition of Parquet with columns, statistics and expectations that footers can answer. All objects
 * share one content.
 *
 * @param objects 1 to 999
 * @param rows of each; a row takes about 136 bytes in Parquet, over 20 columns
 */
record ValidationWorkload(int objects, long rows) implements Workload {

    private static final String BUCKET = "lake";
    private static final String PREFIX = "flights/hour=1/";
    private static final int NUMBERS = 14;
    private static final int TEXTS = 6;

    @Override
    public Measured run() {
        try {
            return validated(content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB has failed: " + e.getMessage(), e);
        }
    }

    private Measured validated(byte[] content) throws IOException {
        RequestCounter requests = new RequestCounter();
        ReceivedBytes received = new ReceivedBytes();
        FakeS3 s3 = new FakeS3().createBucket(BUCKET, this::ceiling, content);
        try (S3Client client = BenchmarkClients.s3Through(s3, requests, received)) {
            S3ObjectSource source = new S3ObjectSource(new BucketReader(client, BUCKET));
            long began = System.nanoTime();
            PartitionReport report;
            try (ParquetValidation validation = validation(source)) {
                report = new PartitionValidation(
                                source, DataFormat.PARQUET, () -> validation.partition(PartitionValues.of("1")))
                        .validate(PREFIX);
            }
            long nanos = System.nanoTime() - began;
            require(report);
            return new Measured(requests.counts(), nanos, 0, received.sum());
        }
    }

    private static ParquetValidation validation(S3ObjectSource source) {
        return new ParquetValidation(
                source,
                new TableDefinition(
                        new TableName("analytics", "flights"),
                        S3Location.of("s3://" + BUCKET + "/flights/"),
                        DataFormat.PARQUET,
                        CsvOptions.DEFAULT,
                        columns(),
                        List.of(new PartitionKey("hour", KeyType.INT)),
                        TableDefinition.HIVE_LAYOUT),
                new ProcessorSpec.Validate(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of("n0", "n1", "t0")),
                        Optional.of(List.of(new Expectation(
                                "keyed", Optional.empty(), Optional.of(List.of("n0", "t0")), Optional.empty())))),
                OnNewColumns.FAIL,
                () -> ConversionSettings.of(
                        Path.of(System.getProperty("java.io.tmpdir")),
                        ConversionWorkload.STORAGE_MEGABYTES << 20,
                        ConversionWorkload.MEMORY_MEGABYTES << 20,
                        Runtime.getRuntime().availableProcessors()),
                RowSamples.SHOWN,
                Deadline.NONE,
                Workers.THREADS);
    }

    private static List<Column> columns() {
        return IntStream.range(0, NUMBERS + TEXTS)
                .mapToObj(i -> i < NUMBERS ? new Column("n" + i, "bigint") : new Column("t" + (i - NUMBERS), "string"))
                .toList();
    }

    /** Values without repetition that do not compress, for the largest footers and files. */
    private byte[] content() throws IOException, SQLException {
        Path file = Files.createTempFile("objects", ".parquet");
        String numbers = IntStream.range(0, NUMBERS)
                .mapToObj(i -> "CAST(hash(range + %d) >> 1 AS BIGINT) AS n%d".formatted(i * rows, i))
                .collect(Collectors.joining(", "));
        String texts = IntStream.range(0, TEXTS)
                .mapToObj(i -> "CAST(hash(range - %d) AS VARCHAR) AS t%d".formatted((i + 1) * rows, i))
                .collect(Collectors.joining(", "));
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT %s, %s FROM range(%d)) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
                    .formatted(numbers, texts, rows, file));
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private Optional<String> ceiling(String name) {
        return IntStream.range(0, objects)
                .mapToObj(i -> PREFIX + "part-%03d.parquet".formatted(i))
                .filter(key -> key.compareTo(name) >= 0)
                .findFirst();
    }

    private void require(PartitionReport report) {
        if (!(report instanceof PartitionReport.Sound sound)
                || !sound.rows().equals(OptionalLong.of(objects * rows))
                || !sound.parameters().containsKey(FaninNames.greatest("n1"))) {
            throw new IllegalStateException(
                    "expected %d objects of %d rows with statistics, found %s".formatted(objects, rows, report));
        }
    }
}
