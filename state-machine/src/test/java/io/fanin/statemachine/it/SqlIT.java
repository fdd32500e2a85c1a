package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.Partition;

/** The sample flights, summed up as the sample query says, and joined with a registered table. */
@ExtendWith(Platform.class)
class SqlIT {

    private static final Path SAMPLES = Repository.ROOT.resolve("samples");
    private static final String RAW_HOUR = "dt=2013-02-08/hour=17/";
    private static final String FILE = "2013/02/08/17/part-00000.parquet";

    @TempDir
    private Path folder;

    private final Pipeline pipeline;
    private Lake.Table raw;
    private Lake.Table table;

    SqlIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void flightsOfOneHour() throws IOException {
        raw = pipeline.newTable();
        table = new Lake.Table(raw.s3(), raw.database(), "flights_delays");
        raw.with(
                RAW_HOUR + "flights.json.gz",
                Files.readAllBytes(SAMPLES.resolve("flights/" + RAW_HOUR + "flights.json.gz")));
        table.s3()
                .putObject(request -> request.bucket(Lake.BUCKET).key(query()), SAMPLES.resolve("flights_delays.sql"));
    }

    @Test
    void resultOfTheSampleQueryIsRegistered() {
        Finished run = pipeline.run(spec());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(partition().storageDescriptor().location()).isEqualTo(table.location() + "2013/02/08/17/");
        assertThat(partition().parameters())
                .containsEntry("numFiles", "1")
                .containsEntry("numRows", answer("SELECT count(DISTINCT carrier) FROM read_json('%s')", rawKey()))
                .containsEntry("fanin.source", raw.location() + RAW_HOUR);
        assertThat(answer("SELECT sum(flights) || '|' || sum(departed) FROM read_parquet('%s')", table.prefix() + FILE))
                .isEqualTo(answer("SELECT count(*) || '|' || count(dep_time) FROM read_json('%s')", rawKey()));
    }

    @Test
    void registeredTableIsJoinedAndAnErrorIsThePartitionsFailure() {
        pipeline.run(spec());
        ObjectNode joined =
                spec().put("table", "shares").put("location", table.location().replace("delays", "shares"));
        joined.putArray("columns").addObject().put("name", "flights").put("type", "bigint");
        query(
                joined,
                "SELECT sum(d.flights) AS flights FROM flights_delays AS d JOIN (SELECT DISTINCT carrier FROM source) USING"
                        + " (carrier)");

        Finished run = pipeline.run(joined);

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(answer(
                        "SELECT flights FROM read_parquet('%s')", table.prefix().replace("delays", "shares") + FILE))
                .isEqualTo(answer("SELECT count(*) FROM read_json('%s')", rawKey()));

        query(joined.put("table", "broken"), "SELECT nosuch AS flights\nFROM source");
        joined.put("onPartial", "succeed").put("location", table.location().replace("delays", "broken"));

        Finished broken = pipeline.run(joined);

        assertThat(pipeline.state().report(broken.name()).at("/failures/0").toString())
                .contains("SqlError", "line 1, column 8: Binder Error");
    }

    private static void query(ObjectNode spec, String text) {
        spec.putObject("processor").put("type", "sql").put("query", text);
    }

    private String query() {
        return table.database() + "/queries/flights_delays.sql";
    }

    private String rawKey() {
        return raw.prefix() + RAW_HOUR + "flights.json.gz";
    }

    /** The sample's, where the tests' data lies. */
    private ObjectNode spec() {
        try {
            ObjectNode spec = (ObjectNode) Json.documents()
                    .readTree(SAMPLES.resolve("flights_delays.json").toFile());
            spec.put("database", table.database()).put("location", table.location());
            spec.withObject("/source").put("location", raw.location());
            spec.withObject("/processor").put("file", "s3://" + Lake.BUCKET + "/" + query());
            return spec;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Partition partition() {
        return pipeline.catalog().partition(table, List.of("2013/02/08/17"));
    }

    /** The one value of a query over a copy of an object. */
    private String answer(String question, String key) {
        Path copy = folder.resolve(key.substring(key.lastIndexOf('/') + 1));
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            Files.write(
                    copy,
                    table.s3()
                            .getObjectAsBytes(
                                    request -> request.bucket(Lake.BUCKET).key(key))
                            .asByteArray());
            try (ResultSet rows = statement.executeQuery(question.formatted(copy))) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
