package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sample flights, aggregated by the sample query and joined with a registered table. */
@ExtendWith(Platform.class)
class SqlIT {

    @TempDir
    private Path folder;

    private final Pipeline pipeline;
    private SampleHour hour;
    private TestLake.Table table;

    SqlIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void flightsOfOneHour() throws IOException {
        hour = SampleHour.of(pipeline, "flights_delays", folder);
        table = hour.table();
        table.s3()
                .putObject(
                        request -> request.bucket(TestLake.BUCKET).key(query()),
                        SampleHour.SAMPLES.resolve("flights_delays.sql"));
    }

    @Test
    void resultOfTheSampleQueryIsRegistered() {
        Finished run = pipeline.run(spec());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(hour.partition().storageDescriptor().location())
                .startsWith(table.location() + SampleHour.HOUR + "version-");
        assertThat(hour.partition().parameters())
                .containsEntry("numFiles", "1")
                .containsEntry(
                        "numRows", hour.answer("SELECT count(DISTINCT carrier) FROM read_json('%s')", hour.rawKey()))
                .containsEntry("fanin.source", hour.raw().location() + SampleHour.RAW);
        assertThat(hour.answer(
                        "SELECT sum(flights) || '|' || sum(departed) FROM read_parquet('%s')",
                        SampleHour.file(hour.partition())))
                .isEqualTo(
                        hour.answer("SELECT count(*) || '|' || count(dep_time) FROM read_json('%s')", hour.rawKey()));
    }

    @Test
    void registeredTableIsJoinedAndAnErrorCreatesNothing() {
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
        assertThat(hour.answer(
                        "SELECT flights FROM read_parquet('%s')",
                        SampleHour.file(pipeline.catalog()
                                .partition(
                                        new TestLake.Table(table.s3(), table.database(), "shares"),
                                        List.of("2013/02/08/17")))))
                .isEqualTo(hour.answer("SELECT count(*) FROM read_json('%s')", hour.rawKey()));

        query(joined.put("table", "broken"), "SELECT nosuch AS flights\nFROM source");
        joined.put("location", table.location().replace("delays", "broken"));

        Finished broken = pipeline.run(joined);

        assertThat(broken.error()).as(broken.toString()).endsWith(".SpecException");
        assertThat(broken.message()).contains("$.processor.query: ", "line 1, column 8: Binder Error");
        assertThat(pipeline.catalog().has(new TestLake.Table(table.s3(), table.database(), "broken")))
                .isFalse();
        assertThat(pipeline.run(joined.deepCopy().put("dryRun", true)).message())
                .isEqualTo(broken.message());

        query(joined, "SELECT count(*) AS flights FROM source");

        assertThat(pipeline.run(joined).text("status"))
                .as("a lease that is left behind blocks nobody")
                .isEqualTo("COMPLETE");
    }

    private static void query(ObjectNode spec, String text) {
        spec.putObject("processor").put("type", "sql").put("query", text);
    }

    private String query() {
        return table.database() + "/queries/flights_delays.sql";
    }

    private ObjectNode spec() {
        ObjectNode spec = hour.spec("flights_delays.json");
        spec.withObject("/processor").put("file", "s3://" + TestLake.BUCKET + "/" + query());
        return spec;
    }
}
