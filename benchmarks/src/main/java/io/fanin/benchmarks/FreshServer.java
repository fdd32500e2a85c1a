package io.fanin.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.RawFlights.Form;
import io.fanin.benchmarks.RawShape.Shape;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.Column;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.parquet.ParquetFooter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.duckdb.DuckDBDriver;

/**
 * S3 for processes that are measured from outside: raw hours and the spec of a run for each {@link Work}. It prints a
 * line of JSON with its address and content. For each line with a run it prints the number of rows in the Parquet
 * objects of each of the run's hours and deletes the objects; it ends when its standard input ends.
 */
public final class FreshServer {

    static final String STATE_BUCKET = "state";
    static final String BUCKET = "lake";

    /** The content of an hour. */
    enum Work {
        LARGE,
        SMALL,
        LOGS,
        DECIMALS,
        NESTED,
        QUOTED,
        TSV,
        WIDE,
        OBJECTS,
        DAMAGED;

        private static final int OBJECTS_OF_LARGE = 4;
        private static final int BYTES_EACH = 15_000_000;

        RawData raw() {
            return switch (this) {
                case LARGE -> flights(Form.JSON);
                case SMALL -> new RawFlights(Form.JSON, 1, 1_000_000, true);
                case OBJECTS -> new RawFlights(Form.JSON, 1_000, 60_000, true);
                case NESTED -> flights(Form.NESTED_JSON);
                case WIDE -> flights(Form.WIDE_JSON);
                case LOGS, DECIMALS, QUOTED, TSV, DAMAGED ->
                    new RawShape(Shape.valueOf(name()), OBJECTS_OF_LARGE, BYTES_EACH);
            };
        }

        private static RawFlights flights(Form form) {
            return new RawFlights(form, OBJECTS_OF_LARGE, BYTES_EACH, true);
        }

        /** The run, the folders of raw data and table, and the table. */
        String id() {
            return "fresh_" + name().toLowerCase(Locale.ROOT);
        }

        static Work of(String id) {
            return valueOf(id.substring("fresh_".length()).toUpperCase(Locale.ROOT));
        }
    }

    private FreshServer() {}

    private static Loopback serving(FakeS3 s3) {
        String keyStore = System.getProperty("loopback.keyStore");
        return keyStore == null ? Loopback.serving(s3) : Loopback.overTls(s3, Path.of(keyStore), "changeit");
    }

    /**
     * Serves a number of hours of each of these works: over TLS with the certificate in the key store of the system
     * property {@code loopback.keyStore}, otherwise over HTTP.
     */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        FakeS3 s3 = new FakeS3().createBucket(BUCKET).createBucket(STATE_BUCKET);
        ObjectNode held = Json.documents().createObjectNode();
        ObjectNode rows = held.putObject("rows");
        ObjectNode data = held.putObject("data");
        for (String id : Arrays.asList(arguments).subList(1, arguments.length)) {
            Work work = Work.of(id);
            rows.put(id, fill(s3, work, count));
            data.set(id, described(work));
        }
        try (Loopback loopback = serving(s3)) {
            System.out.println(
                    Json.text(held.put("endpoint", loopback.endpoint().toString())));
            for (String run :
                    (Iterable<String>) new BufferedReader(new InputStreamReader(System.in, UTF_8)).lines()::iterator) {
                System.out.println(Json.text(taken(s3, run)));
            }
        }
    }

    /** What a program has to be told of raw data: columns with DuckDB's types, and the delimiter of CSV. */
    private static ObjectNode described(Work work) {
        RawData raw = work.raw();
        ObjectNode data = Json.documents().createObjectNode().put("damaged", work == Work.DAMAGED);
        ObjectNode columns = data.putObject("columns");
        for (Column column : raw.columns()) {
            columns.put(column.name(), SqlTypes.of(HiveTypeParser.parse(column.type())));
        }
        raw.delimiter().ifPresent(delimiter -> data.put("delimiter", delimiter.toString()));
        return data;
    }

    /**
     * The rows of each hour, by the footers of its objects, and digests of the first hour's columns; all objects are
     * deleted.
     */
    static ObjectNode taken(FakeS3 s3, String run) throws IOException {
        ObjectNode taken = Json.documents().createObjectNode();
        taken.set("digests", Json.documents().valueToTree(digests(s3, "flights/%s/hour=0/".formatted(run))));
        taken.set("rows", Json.documents().valueToTree(rows(s3, run)));
        return taken;
    }

    /** For each column a number that is the same for the same values in any order, as texts. */
    private static Map<String, String> digests(FakeS3 s3, String hour) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        Path folder = Files.createTempDirectory("hour");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            List<String> keys = List.copyOf(s3.keys(BUCKET, hour));
            for (String key : keys) {
                Files.write(
                        folder.resolve(keys.indexOf(key) + ".parquet"),
                        s3.get(BUCKET, key).orElseThrow());
            }
            if (!keys.isEmpty()) {
                try (ResultSet found = statement.executeQuery(
                        "SELECT sum(hash(CAST(COLUMNS(*) AS VARCHAR))::HUGEINT)::VARCHAR FROM read_parquet('%s/*.parquet', hive_partitioning = false)"
                                .formatted(folder))) {
                    found.next();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        digests.put(found.getMetaData().getColumnName(i), found.getString(i));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("what was written in " + hour + " is not read", e);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return digests;
    }

    /** The rows of each hour, by the footers of its objects, which are deleted. */
    static Map<String, Long> rows(FakeS3 s3, String run) throws IOException {
        String table = "flights/%s/".formatted(run);
        Map<String, Long> rows = new TreeMap<>();
        Path file = Files.createTempFile("made", ".parquet");
        try {
            for (String key : s3.keys(BUCKET, table)) {
                Files.write(file, s3.get(BUCKET, key).orElseThrow());
                long found = ParquetFooter.read(key, file).metadata().getNum_rows();
                rows.merge(key.substring(table.length(), key.indexOf('/', table.length())), found, Long::sum);
                s3.delete(BUCKET, key);
            }
        } finally {
            Files.delete(file);
        }
        return rows;
    }

    /** The number of records of an hour. */
    static long fill(FakeS3 s3, Work work, int hours) {
        RawData raw = work.raw();
        List<RawObject> contents = raw.different();
        for (int hour = 0; hour < hours; hour++) {
            for (int i = 0; i < raw.objects(); i++) {
                s3.put(
                        BUCKET,
                        "raw/%s/hour=%d/%s".formatted(work.id(), hour, raw.name(i)),
                        contents.get(i % contents.size()).bytes().asByteArrayUnsafe());
            }
        }
        s3.put(STATE_BUCKET, StateKeys.run(new RunId(work.id())).spec(), Json.text(spec(work)));
        return IntStream.range(0, raw.objects())
                .mapToLong(i -> contents.get(i % contents.size()).records())
                .sum();
    }

    /** As the detector writes it. */
    private static ObjectNode spec(Work work) {
        ObjectNode spec = Json.documents().createObjectNode();
        spec.put("database", "benchmarks").put("table", work.id()).put("format", "parquet");
        ArrayNode columns = spec.putArray("columns");
        for (Column column : work.raw().columns()) {
            columns.addObject().put("name", column.name()).put("type", column.type());
        }
        spec.putObject("processor").put("type", "convert");
        spec.putObject("detection").put("mode", "list");
        spec.put("onPartial", "fail");
        inHours(spec, "flights", work);
        ObjectNode source = spec.putObject("source");
        Optional<Character> delimiter = work.raw().delimiter();
        source.put("format", delimiter.isPresent() ? "csv" : "json");
        delimiter.ifPresent(c -> source.putObject("csv")
                .put("delimiter", c.toString())
                .put("quoted", c != '\t')
                .put("header", true));
        inHours(source, "raw", work);
        return spec;
    }

    private static void inHours(ObjectNode folder, String name, Work work) {
        folder.put("location", "s3://%s/%s/%s/".formatted(BUCKET, name, work.id()))
                .put("layout", "hive");
        folder.putArray("partitionKeys").addObject().put("name", "hour").put("type", "int");
    }
}
