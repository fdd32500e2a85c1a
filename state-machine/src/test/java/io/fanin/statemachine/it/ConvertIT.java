package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The sample flights, converted with the sample spec by the deployed function. */
@ExtendWith(Platform.class)
class ConvertIT {

    private static final int FLIGHTS = 47;

    private static final String BROKEN =
            "{\"carrier\":\"UA\",\"flight\":\"none\",\"time_hour\":\"2013-02-08T17:00:00Z\"}\n";
    private static final String LATE =
            "{\"carrier\":\"LX\",\"flight\":17,\"time_hour\":\"2013-02-08T12:30:00-05:00\",\"dep_delay\":7}\n";

    @TempDir
    private Path folder;

    private final Pipeline pipeline;
    private SampleHour hour;
    private TestLake.Table raw;
    private TestLake.Table table;

    ConvertIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void flightsOfOneHour() throws IOException {
        hour = SampleHour.of(pipeline, "flights_parquet", folder);
        raw = hour.raw();
        table = hour.table();
    }

    @Test
    void whatIsSoundIsRegisteredAndWhatIsBrokenIsQuarantined() {
        raw.with(SampleHour.RAW + "more.json.gz", Content.gzip(BROKEN.getBytes(StandardCharsets.UTF_8)));

        Finished run = pipeline.run(spec());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(run.output().path("badRecords").asInt()).isEqualTo(1);
        assertThat(run.text("quarantine")).endsWith("/runs/" + run.name() + "/quarantine/");
        assertThat(hour.partition().storageDescriptor().location())
                .startsWith(table.location() + SampleHour.HOUR + "version-")
                .endsWith("-1/");
        assertThat(hour.partition().parameters())
                .containsEntry("numRows", String.valueOf(FLIGHTS))
                .containsEntry("numFiles", "1")
                .containsEntry("totalSize", String.valueOf(objects().getFirst().size()))
                .containsEntry("fanin.bad_records", "1")
                .containsEntry("fanin.source", raw.location() + SampleHour.RAW)
                .containsEntry("fanin.source.files", "2");
        assertThat(pipeline.state().badRecords(run.name(), "inserted_at=2013%2F02%2F08%2F17"))
                .singleElement()
                .satisfies(bad -> {
                    assertThat(bad.path("file").asText()).isEqualTo(raw.location() + SampleHour.RAW + "more.json.gz");
                    assertThat(bad.path("line").asInt()).isEqualTo(1);
                    assertThat(bad.path("reason").asText()).contains("flight", "none");
                    assertThat(bad.path("raw").asText()).isEqualTo(BROKEN.strip());
                });
        String sums = "count(*), count(dep_time), min(time_hour), max(time_hour), count(DISTINCT carrier)";
        assertThat(answer(sums)).isEqualTo(hour.answer("SELECT " + sums + " FROM read_json('%s')", hour.rawKey()));
        assertThat(answer("any_value(typeof(time_hour)), any_value(typeof(dep_delay))"))
                .isEqualTo("TIMESTAMP|INTEGER");
    }

    @Test
    void lateDataConvertsTheHourAgainIntoAVersionOfItsOwn() {
        pipeline.run(spec());
        assertThat(answer("count(*)")).isEqualTo(String.valueOf(FLIGHTS));
        String before = hour.partition().parameters().get("fanin.inventory");
        String first = SampleHour.file(hour.partition());
        raw.with(SampleHour.RAW + "late.json", LATE.getBytes(StandardCharsets.UTF_8));

        Finished again = pipeline.run(spec());

        assertThat(again.text("status")).as(again.toString()).isEqualTo("COMPLETE");
        assertThat(again.output().at("/detection/reasons").toString()).isEqualTo("{\"LATE\":1}");
        assertThat(objects())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrder(first, SampleHour.file(hour.partition()));
        assertThat(hour.partition().parameters())
                .containsEntry("numRows", String.valueOf(FLIGHTS + 1))
                .doesNotContainKey("fanin.bad_records")
                .hasEntrySatisfying("fanin.inventory", hash -> assertThat(hash).isNotEqualTo(before));
        assertThat(answer("count(*)")).isEqualTo(String.valueOf(FLIGHTS + 1));
        assertThat(answer("any_value(epoch_ms(time_hour)) FILTER (carrier = 'LX')"))
                .isEqualTo("1360344600000");

        assertThat(pipeline.run(spec()).text("next")).isEqualTo("NOTHING_NEW");
    }

    private ObjectNode spec() {
        ObjectNode spec = hour.spec("flights_parquet.json");
        spec.withObject("/processor").put("maxBadRecords", 1);
        spec.withObject("/detection").put("mode", "list").put("lookback", "PT48H");
        return spec;
    }

    private List<S3Object> objects() {
        return table.s3()
                .listObjectsV2(request -> request.bucket(TestLake.BUCKET).prefix(table.prefix()))
                .contents();
    }

    private String answer(String expressions) {
        return hour.answer("SELECT " + expressions + " FROM read_parquet('%s')", SampleHour.file(hour.partition()));
    }
}
