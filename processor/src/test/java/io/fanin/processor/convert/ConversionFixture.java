package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.LAKE;
import static io.fanin.processor.convert.ConversionFixture.LANDING;
import static io.fanin.processor.convert.ConversionFixture.TO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.QuarantinedLines;
import io.fanin.processor.VersionedFiles;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.scratch.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBDriver;

/**
 * A landing bucket with raw data, a lake, and the conversion of one partition from the one into the other. Closing it
 * fails if a test has left files on the disk or an upload in progress.
 */
final class ConversionFixture implements AutoCloseable {

    static final String LANDING = "landing";
    static final String LAKE = "lake";
    static final String FROM = "flights/hour=1/";
    static final String TO = "flights/inserted_at=2013/02/08/01/";

    static final String ONE = "{\"id\":1,\"name\":\"a\"}\n";
    static final String TWO = "{\"id\":2,\"name\":\"b\"}\n";

    static final List<Column> COLUMNS = List.of(new Column("id", "bigint"), new Column("name", "string"));

    final FakeS3 s3 = new FakeS3().createBucket(LANDING).createBucket(LAKE);
    final List<String> quarantined = new ArrayList<>();

    private final Scratch folder;
    private final Path temporary;
    List<Column> columns = COLUMNS;
    DataFormat format = DataFormat.JSON;
    CsvOptions csv = CsvOptions.DEFAULT;
    OnBadRecord onBadRecord = OnBadRecord.QUARANTINE;
    BadRecordLimit maxBadRecords = new BadRecordLimit.Count(1_000_000);
    List<String> required = List.of();
    Optional<ObjectSource> objects = Optional.empty();
    Optional<Integer> fileMegabytes = Optional.empty();
    ConversionSettings settings;
    Deadline deadline = Deadline.NONE;
    final KeptDatabase databases = new KeptDatabase(() -> settings);

    ConversionFixture() {
        this("scratch");
    }

    /** A fixture whose temporary files lie in a folder of this name. */
    ConversionFixture(String name) {
        try {
            folder = new Scratch(Files.createTempDirectory("conversion"));
            temporary = Files.createDirectory(folder.folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 4, 1L << 20);
    }

    @Override
    public void close() throws IOException {
        databases.close();
        try (folder;
                Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
            assertThat(s3.uploadsUnderWay()).isEmpty();
        }
    }

    /** The folder of the temporary files. */
    Path scratch() {
        return temporary;
    }

    ConversionFixture raw(String name, String content) {
        s3.put(LANDING, FROM + name, content);
        return this;
    }

    ConversionFixture raw(String name, byte[] content) {
        s3.put(LANDING, FROM + name, content);
        return this;
    }

    /** A file that an earlier conversion has left. */
    void own(String name, String content) {
        s3.put(LAKE, TO + name, content, "fanin-table", "analytics.flights");
    }

    ConversionReport convert() throws IOException {
        try (PartitionConversion conversion = conversion()) {
            return conversion.make(
                    new Partition(PartitionValues.of("1"), TO),
                    FROM,
                    QuarantinedLines.into(quarantined),
                    RowRules.NONE);
        }
    }

    ConversionReport.Converted converted() throws IOException {
        return (ConversionReport.Converted) convert();
    }

    PartitionConversion conversion() throws IOException {
        SourceDefinition source = new SourceDefinition(
                S3Location.of("s3://landing/flights/"),
                format,
                csv,
                List.of(new PartitionKey("hour", KeyType.INT)),
                TableDefinition.HIVE_LAYOUT);
        ProcessorSpec.Convert spec = new ProcessorSpec.Convert(
                Optional.of(onBadRecord),
                onBadRecord == OnBadRecord.FAIL ? Optional.empty() : Optional.of(maxBadRecords),
                Optional.of(UnknownColumns.IGNORE),
                Optional.of(required),
                Optional.empty(),
                fileMegabytes,
                Optional.empty());
        return new PartitionConversion(
                source,
                columns,
                spec,
                objects.orElseGet(() -> new S3ObjectSource(new BucketReader(s3.client(), LANDING))),
                new VersionTarget(
                        new S3ObjectTarget(s3.client(), LAKE, TableName.of("analytics.flights")), VersionedFiles.TOKEN),
                databases,
                deadline);
    }

    /** The names of the files of the version that was made last. */
    List<String> written() {
        return VersionedFiles.names(s3, LAKE, TO);
    }

    byte[] file(String name) {
        return VersionedFiles.get(s3, LAKE, TO, name).orElseThrow();
    }

    /** The rows of all files, as DuckDB prints them, in order. */
    List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String name : written()) {
            Path file = Files.createTempFile(temporary.getParent(), "rows", ".parquet");
            Files.write(file, file(name));
            query("SELECT * FROM read_parquet(" + Sql.path(file) + ")", rows);
            Files.delete(file);
        }
        return rows.stream().sorted().toList();
    }

    /** Asserts that the conversion fails with this error type and a message that contains this text. */
    void assertFails(String errorType, String message) {
        assertThatThrownBy(this::convert)
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.code().word()).isEqualTo(errorType))
                .hasMessageContaining(message);
    }

    /** Records with these numbers. */
    static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"name\":\"%s\"}\n".formatted(i, Long.toHexString(i * 0x9E3779B97F4A7C15L)))
                .collect(Collectors.joining());
    }

    /** Compresses each text as a gzip member of its own. */
    static byte[] gzip(String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void query(String sql, List<String> rows) {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", row));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
