package io.fanin.processor.sql;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
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
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.CatalogTables;
import io.fanin.records.tables.TableCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** A landing bucket with the raw data of two hours, a lake, a catalog, and a query from the one into the other. */
public final class SqlFixture {

    static final String LANDING = "landing";
    static final String LAKE = "lake";
    static final Partition HOUR_7 = partition(7);
    static final Partition HOUR_8 = partition(8);

    public final FakeAws aws = new FakeAws();
    final List<String> quarantined = new ArrayList<>();
    public final GlueCatalog catalog = new GlueCatalog(aws.glue().client(), pause -> {});

    /** The table's columns. */
    public String columns = "carrier string, flights bigint";

    /** The raw records' columns. */
    String raw = "carrier string, delay int";

    public String format = "json";

    /** The type of the source's key. */
    String hour = "int";

    /** More fields of the processor, each with a comma before it. */
    String more = "";

    public long scratchBytes = 1L << 30;

    /** The copies that one environment of the function keeps. */
    TableCopies copies = new TableCopies();

    public int pass;
    Deadline deadline = Deadline.NONE;

    /** Wraps the objects that are read from a bucket. */
    UnaryOperator<ObjectSource> objects = UnaryOperator.identity();

    private final Path temporary;

    SqlFixture(Path temporary) {
        this.temporary = temporary;
        aws.s3().createBucket(LANDING).createBucket(LAKE);
    }

    private static Partition partition(int hour) {
        return new Partition(
                PartitionValues.of("2013/02/08/0" + hour),
                "delays/2013/02/08/0" + hour + "/",
                Optional.of("flights/dt=2013-02-08/hour=" + hour + "/"));
    }

    SqlFixture raw(Partition partition, String name, String content) {
        aws.s3().put(LANDING, partition.source().orElseThrow() + name, content);
        return this;
    }

    SqlFixture raw(Partition partition, String name, byte[] content) {
        aws.s3().put(LANDING, partition.source().orElseThrow() + name, content);
        return this;
    }

    /** The bytes of a Parquet file with the rows of a query. */
    public byte[] parquet(String query) {
        try {
            Path folder = Files.createTempDirectory("rows");
            Path file = folder.resolve("rows.parquet");
            ask("COPY (" + query + ") TO " + Sql.path(file) + " (FORMAT parquet)");
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of the catalog, without partitions yet. */
    public CatalogTable table(
            String database, String name, DataFormat of, String columnsOfTable, PartitionKey... keys) {
        return table(database, name, of, CsvOptions.DEFAULT, columnsOfTable, keys);
    }

    public CatalogTable table(
            String database, String name, DataFormat of, CsvOptions csv, String columnsOfTable, PartitionKey... keys) {
        return catalog.createTableIfAbsent(
                new TableDefinition(
                        new TableName(database, name),
                        S3Location.of("s3://lake/" + name + "/"),
                        of,
                        csv,
                        asColumns(columnsOfTable),
                        List.of(keys),
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
    }

    public void register(CatalogTable table, String value) {
        catalog.register(
                table,
                List.of(new PartitionRegistration(
                        PartitionValues.of(value), "s3://lake/" + table.name().table() + "/" + value + "/", Map.of())));
    }

    ResolvedSpec spec(String query) {
        Map<String, Object> processor = new LinkedHashMap<>();
        processor.put("type", "sql");
        processor.put("query", query);
        String json = """
                {"database": "analytics", "table": "delays", "location": "s3://lake/delays/", "format": "parquet",
                 "columns": %s,
                 "partitionKeys": [{"name": "inserted_at", "type": "string", "format": "yyyy/MM/dd/HH"}],
                 "layout": "${inserted_at}",
                 "source": {"location": "s3://landing/flights/", "format": "%s", "layout": "hive", "columns": %s,
                            "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "%s"}]},
                 "processor": %s, "onPartial": "fail", "detection": {"mode": "list"}}
                """.formatted(
                        Json.text(asColumns(columns)),
                        format,
                        Json.text(asColumns(raw)),
                        hour,
                        Json.text(processor).replaceAll("}$", more.replace("\\", "\\\\") + "}"));
        return Json.read(json, ResolvedSpec.class, "spec");
    }

    private static List<Column> asColumns(String text) {
        return Stream.of(text.split(", (?![^<]*>)"))
                .map(column -> column.split(" ", 2))
                .map(column -> new Column(column[0], column[1]))
                .toList();
    }

    public PartitionQuery open(String query) throws IOException {
        ResolvedSpec spec = spec(query);
        return new PartitionQuery(
                spec,
                (ProcessorSpec.Sql) spec.processor(),
                bucket -> objects.apply(
                        new S3ObjectSource(new BucketReader(aws.s3().client(), bucket))),
                new VersionTarget(
                        new S3ObjectTarget(aws.s3().client(), LAKE, TableName.of("analytics.flights")),
                        VersionedFiles.TOKEN),
                new CatalogTables(() -> catalog),
                copies.of(new RunId("nightly-1"), pass),
                new ConversionSettings(temporary, scratchBytes, 400L << 20, 2, 2, 1L << 20),
                deadline);
    }

    public ConversionReport make(String query) throws IOException {
        return make(HOUR_7, query);
    }

    public ConversionReport make(Partition partition, String query) throws IOException {
        try (PartitionQuery open = open(query)) {
            return make(partition, open);
        }
    }

    public ConversionReport make(Partition partition, PartitionQuery open) throws IOException {
        return open.make(
                partition, partition.source().orElseThrow(), QuarantinedLines.into(quarantined), RowRules.NONE);
    }

    List<String> written(Partition partition) {
        return VersionedFiles.names(aws.s3(), LAKE, partition.prefix());
    }

    /** The rows of all the partition's files, as DuckDB prints them, in their order. */
    List<String> rows(Partition partition) {
        return written(partition).stream()
                .map(name -> VersionedFiles.get(aws.s3(), LAKE, partition.prefix(), name)
                        .orElseThrow())
                .flatMap(bytes ->
                        onDisk(bytes, file -> ask("SELECT * FROM read_parquet(" + Sql.path(file) + ")")).stream())
                .toList();
    }

    /** The names and types of a file's columns. */
    String schema(Partition partition, String name) {
        return String.join(
                ", ",
                onDisk(
                        VersionedFiles.get(aws.s3(), LAKE, partition.prefix(), name)
                                .orElseThrow(),
                        file -> ask("SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet("
                                + Sql.path(file) + "))")));
    }

    private static List<String> onDisk(byte[] bytes, java.util.function.Function<Path, List<String>> use) {
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try {
                Files.write(file, bytes);
                return use.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ask(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            ResultSet result = statement.getResultSet();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row.stream().collect(Collectors.joining("|")));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
