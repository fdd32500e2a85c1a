package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.statemachine.Repository;
import java.io.IOException;
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
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The sample flights, converted as the sample spec says, by the function as it is deployed. */
@ExtendWith(Platform.class)
class ConvertIT {

    private static final Path SAMPLES = Repository.ROOT.resolve("samples");
    private static final String RAW_HOUR = "dt=2013-02-08/hour=17/";
    private static final String HOUR = "2013/02/08/17/";
    private static final String FILE = "part-00000.parquet";
    private static final int FLIGHTS = 47;

    private static final String BROKEN =
            "{\"carrier\":\"UA\",\"flight\":\"none\",\"time_hour\":\"2013-02-08T17:00:00Z\"}\n";
    private static final String LATE =
            "{\"carrier\":\"LX\",\"flight\":17,\"time_hour\":\"2013-02-08T12:30:00-05:00\",\"dep_delay\":7}\n";

    @TempDir
    private Path folder;

    private final Pipeline pipeline;
    private Lake.Table raw;
    private Lake.Table table;

    ConvertIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void flightsOfOneHour() throws IOException {
        raw = pipeline.newTable();
        table = new Lake.Table(raw.s3(), raw.database(), "flights_parquet");
        raw.with(
                RAW_HOUR + "flights.json.gz",
                Files.readAllBytes(SAMPLES.resolve("flights/" + RAW_HOUR + "flights.json.gz")));
    }

    @Test
    void whatIsSoundIsRegisteredAndWhatIsBrokenIsQuarantined() {
        raw.with(RAW_HOUR + "more.json.gz", Content.gzip(BROKEN.getBytes(StandardCharsets.UTF_8)));

        Finished run = pipeline.run(spec());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(partition().storageDescriptor().location()).isEqualTo(table.location() + HOUR);
        assertThat(partition().parameters())
                .containsEntry("numRows", String.valueOf(FLIGHTS))
                .containsEntry("numFiles", "1")
                .containsEntry("totalSize", String.valueOf(objects().getFirst().size()))
                .containsEntry("fanin.bad_records", "1")
                .containsEntry("fanin.source", raw.location() + RAW_HOUR)
                .containsEntry("fanin.source.files", "2");
        assertThat(pipeline.state().badRecords(run.name(), "inserted_at=2013%2F02%2F08%2F17"))
                .singleElement()
                .satisfies(bad -> {
                    assertThat(bad.path("file").asText()).isEqualTo(raw.location() + RAW_HOUR + "more.json.gz");
                    assertThat(bad.path("line").asInt()).isEqualTo(1);
                    assertThat(bad.path("reason").asText()).contains("flight", "none");
                    assertThat(bad.path("raw").asText()).isEqualTo(BROKEN.strip());
                });
        assertThat(answer("count(*), count(dep_time), min(time_hour), max(time_hour), count(DISTINCT carrier)"))
                .isEqualTo(answerOfRaw());
        assertThat(answer("any_value(typeof(time_hour)), any_value(typeof(dep_delay))"))
                .isEqualTo("TIMESTAMP|INTEGER");
    }

    @Test
    void lateDataConvertsTheHourAgainAndReplacesWhatWasThere() {
        pipeline.run(spec());
        assertThat(answer("count(*)")).isEqualTo(String.valueOf(FLIGHTS));
        String before = partition().parameters().get("fanin.inventory");
        raw.with(RAW_HOUR + "late.json", LATE.getBytes(StandardCharsets.UTF_8));

        Finished again = pipeline.run(spec());

        assertThat(again.text("status")).as(again.toString()).isEqualTo("COMPLETE");
        assertThat(again.output().at("/detection/reasons").toString()).isEqualTo("{\"LATE\":1}");
        assertThat(objects()).extracting(S3Object::key).containsExactly(table.prefix() + HOUR + FILE);
        assertThat(partition().parameters())
                .containsEntry("numRows", String.valueOf(FLIGHTS + 1))
                .doesNotContainKey("fanin.bad_records")
                .hasEntrySatisfying("fanin.inventory", hash -> assertThat(hash).isNotEqualTo(before));
        assertThat(answer("count(*)")).isEqualTo(String.valueOf(FLIGHTS + 1));
        assertThat(answer("any_value(epoch_ms(time_hour)) FILTER (carrier = 'LX')"))
                .isEqualTo("1360344600000");

        assertThat(pipeline.run(spec()).text("next")).isEqualTo("NOTHING_NEW");
    }

    /** The sample's, where the tests' data lies. */
    private ObjectNode spec() {
        try {
            ObjectNode spec = (ObjectNode) Json.documents()
                    .readTree(SAMPLES.resolve("flights_parquet.json").toFile());
            spec.put("database", table.database()).put("location", table.location());
            spec.withObject("/source").put("location", raw.location());
            spec.withObject("/processor").put("maxBadRecords", 1);
            spec.withObject("/detection").put("mode", "list").put("lookback", "PT48H");
            return spec;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Partition partition() {
        return pipeline.catalog().partition(table, List.of("2013/02/08/17"));
    }

    private List<S3Object> objects() {
        return table.s3()
                .listObjectsV2(request -> request.bucket(Lake.BUCKET).prefix(table.prefix()))
                .contents();
    }

    private String answer(String expressions) {
        return answer(expressions, "read_parquet", table.prefix() + HOUR + FILE);
    }

    private String answerOfRaw() {
        return answer(
                "count(*), count(dep_time), min(time_hour), max(time_hour), count(DISTINCT carrier)",
                "read_json",
                raw.prefix() + RAW_HOUR + "flights.json.gz");
    }

    /** One row, over a copy of an object. */
    private String answer(String expressions, String reader, String key) {
        Path copy = folder.resolve(key.substring(key.lastIndexOf('/') + 1));
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            Files.write(
                    copy,
                    table.s3()
                            .getObjectAsBytes(
                                    request -> request.bucket(Lake.BUCKET).key(key))
                            .asByteArray());
            try (ResultSet rows =
                    statement.executeQuery("SELECT %s FROM %s('%s')".formatted(expressions, reader, copy))) {
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
