package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
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
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import software.amazon.awssdk.services.glue.model.Partition;

/**
 * One hour of the sample flights as raw data, and a table made from it.
 *
 * @param folder for copies of objects
 */
record SampleHour(Pipeline pipeline, TestLake.Table raw, TestLake.Table table, Path folder) {

    static final Path SAMPLES = Repository.ROOT.resolve("samples");

    /** Its prefix in the source. */
    static final String RAW = "dt=2013-02-08/hour=17/";

    /** Its prefix in the table. */
    static final String HOUR = "2013/02/08/17/";

    private static final String OBJECT = RAW + "flights.json.gz";

    /** Uploads it. */
    static SampleHour of(Pipeline pipeline, String table, Path folder) throws IOException {
        TestLake.Table raw = pipeline.newTable();
        raw.with(OBJECT, Files.readAllBytes(SAMPLES.resolve("flights/" + OBJECT)));
        return new SampleHour(pipeline, raw, new TestLake.Table(raw.s3(), raw.database(), table), folder);
    }

    /** A sample's spec with the tests' data. */
    ObjectNode spec(String sample) {
        try {
            ObjectNode spec = (ObjectNode)
                    Json.documents().readTree(SAMPLES.resolve(sample).toFile());
            spec.put("database", table.database()).put("location", table.location());
            spec.withObject("/source").put("location", raw.location());
            return spec;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Partition partition() {
        return pipeline.catalog().partition(table, List.of("2013/02/08/17"));
    }

    /** The key of the file of a processed partition. */
    static String file(Partition partition) {
        String bucket = "s3://" + TestLake.BUCKET + "/";
        return partition.storageDescriptor().location().substring(bucket.length()) + "part-00000.parquet";
    }

    String rawKey() {
        return raw.prefix() + OBJECT;
    }

    /**
     * The first row of a query's result.
     *
     * @param question in SQL, with {@code %s} for a copy of the object
     */
    String answer(String question, String key) {
        Path copy = folder.resolve(key.substring(key.lastIndexOf('/') + 1));
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            Files.write(
                    copy,
                    table.s3()
                            .getObjectAsBytes(
                                    request -> request.bucket(TestLake.BUCKET).key(key))
                            .asByteArray());
            try (ResultSet rows = statement.executeQuery(question.formatted(copy))) {
                rows.next();
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                return String.join("|", row);
            }
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
