package io.fanin.processor.convert;

import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.spec.BadRecordLimit;
import io.fanin.core.spec.OnBadRecord;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.UnknownColumns;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.SourceDefinition;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import io.fanin.fakes.FakeS3;
import io.fanin.processor.parquet.RowRules;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** A landing bucket with raw data, a lake, and the conversion of one partition from the one into the other. */
final class ConversionFixture {

    static final String LANDING = "landing";
    static final String LAKE = "lake";
    static final String FROM = "flights/hour=1/";
    static final String TO = "flights/inserted_at=2013/02/08/01/";

    static final List<Column> COLUMNS = List.of(new Column("id", "bigint"), new Column("name", "string"));

    final FakeS3 s3 = new FakeS3().createBucket(LANDING).createBucket(LAKE);
    final List<String> quarantined = new ArrayList<>();

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

    ConversionFixture(Path temporary) {
        this.temporary = temporary;
        this.settings = new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 4, 1L << 20);
    }

    ConversionFixture raw(String name, String content) {
        s3.put(LANDING, FROM + name, content);
        return this;
    }

    ConversionFixture raw(String name, byte[] content) {
        s3.put(LANDING, FROM + name, content);
        return this;
    }

    ConversionReport convert() throws IOException {
        try (PartitionConversion conversion = conversion()) {
            return conversion.make(
                    new Partition(PartitionValues.of("1"), TO),
                    FROM,
                    file -> {
                        try {
                            quarantined.addAll(Files.readAllLines(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
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
                new S3ObjectTarget(s3.client(), LAKE, TableName.of("analytics.flights"), Optional.empty()),
                settings,
                deadline);
    }

    List<String> written() {
        return s3.keys(LAKE, TO).stream().map(key -> key.substring(TO.length())).toList();
    }

    /** The rows of all files, as DuckDB prints them, in order. */
    List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String name : written()) {
            Path file = Files.createTempFile(temporary.getParent(), "rows", ".parquet");
            Files.write(file, s3.get(LAKE, TO + name).orElseThrow());
            query("SELECT * FROM read_parquet(" + Sql.path(file) + ")", rows);
            Files.delete(file);
        }
        return rows.stream().sorted().toList();
    }

    List<String> scratchFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(Path::toString).toList();
        }
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
