package io.fanin.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.Column;
import io.fanin.records.parquet.ParquetFooter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
        LARGE(4, 60_000_000),
        SMALL(1, 1_000_000);

        private final int objects;
        private final int bytes;

        Work(int objects, int bytes) {
            this.objects = objects;
            this.bytes = bytes;
        }

        RawFlights raw() {
            return new RawFlights(RawFlights.Form.JSON, objects, bytes / objects, true);
        }

        /** The run, the folders of raw data and table, and the table. */
        String id() {
            return "fresh_" + name().toLowerCase(Locale.ROOT);
        }
    }

    private FreshServer() {}

    /** Serves this many hours of each work. */
    public static void main(String[] hours) throws IOException {
        int count = Integer.parseInt(hours[0]);
        FakeS3 s3 = new FakeS3().createBucket(BUCKET).createBucket(STATE_BUCKET);
        ObjectNode held = Json.documents().createObjectNode();
        ObjectNode rows = held.putObject("rows");
        for (Work work : Work.values()) {
            rows.put(work.id(), fill(s3, work, count));
        }
        held.put("columns", Work.LARGE.raw().duckDbColumns());
        try (Loopback loopback = Loopback.serving(s3)) {
            System.out.println(
                    Json.text(held.put("endpoint", loopback.endpoint().toString())));
            for (String run :
                    (Iterable<String>) new BufferedReader(new InputStreamReader(System.in, UTF_8)).lines()::iterator) {
                System.out.println(Json.text(taken(s3, run)));
            }
        }
    }

    /** The rows of each hour, by the footers of its objects, which are deleted. */
    static Map<String, Long> taken(FakeS3 s3, String run) throws IOException {
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
        RawFlights raw = work.raw();
        List<RawFlights.Content> contents = raw.different();
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
        inHours(spec.putObject("source").put("format", "json"), "raw", work);
        return spec;
    }

    private static void inHours(ObjectNode folder, String name, Work work) {
        folder.put("location", "s3://%s/%s/%s/".formatted(BUCKET, name, work.id()))
                .put("layout", "hive");
        folder.putArray("partitionKeys").addObject().put("name", "hour").put("type", "int");
    }
}
