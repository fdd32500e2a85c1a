package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.run.RunId;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in which partitions fail. */
@ExtendWith(Platform.class)
class PartialRunIT {

    private static final String PARTIAL = "io.fanin.tablecreator.TablePartialException";
    private static final String HOUR_17 = TestLake.Table.hour(17);

    private final Pipeline pipeline;
    private TestLake.Table table;

    PartialRunIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    @Test
    void oneOf24FailsAndTheOthersAreRegistered() {
        table.withHours(24).with(HOUR_17 + "part-0.json.gz", Content.truncatedJsonGz());

        Finished run = pipeline.run(table.spec());

        assertThat(run.error()).as(run.toString()).isEqualTo(PARTIAL);
        assertThat(run.message())
                .contains(table.toString(), "dt=2013-02-08/hour=17", "Truncated", "23 partitions registered")
                .contains("redrive");
        assertThat(pipeline.catalog().values(table)).hasSize(23).doesNotContain(TestLake.Table.valuesOfHour(17));
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.registered", "23")
                .containsEntry("fanin.failed", "1")
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=17");
        JsonNode report = pipeline.state().report(run.name());
        assertThat(report.path("registered").asInt()).isEqualTo(23);
        assertThat(report.at("/failures/0/error").asText()).isEqualTo("Truncated");
        assertThat(report.path("failures")).hasSize(1);
    }

    @Test
    void redriveProcessesOnlyTheRepairedPartition() {
        table.withHours(4).with(TestLake.Table.hour(2) + "part-0.json.gz", Content.truncatedJsonGz());
        Finished partial = pipeline.run(table.spec());
        table.with(TestLake.Table.hour(2) + "part-0.json.gz", Content.jsonGz());

        Finished redriven = pipeline.redriveOf(partial);

        assertThat(redriven.succeeded()).as(redriven.toString()).isTrue();
        assertThat(redriven.text("status")).isEqualTo("COMPLETE");
        assertThat(pipeline.state().manifest(redriven.name(), 0)).hasSize(1);
        assertThat(pipeline.catalog().values(table)).hasSize(4).contains(TestLake.Table.valuesOfHour(2));
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0")
                .doesNotContainKey("fanin.failed.sample");
    }

    @Test
    void whatWillNeverComeBackIsWaivedUntilItsDataChanges() {
        table.withHours(4).with(TestLake.Table.hour(2) + "part-0.json.gz", Content.truncatedJsonGz());
        pipeline.run(table.hourlySpec());

        Finished waived = pipeline.run(waiving());

        assertThat(waived.text("status")).as(waived.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table)).hasSize(3).doesNotContain(TestLake.Table.valuesOfHour(2));
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0")
                .containsEntry("fanin.waived", "1")
                .containsEntry("fanin.complete_through", "2013-02-08T03:00");
        JsonNode waiver = pipeline.state().report(waived.name()).at("/waivers/0");
        assertThat(waiver.path("partition").asText()).isEqualTo("dt=2013-02-08/hour=02");
        assertThat(waiver.path("by").asText()).isEqualTo("ada");
        assertThat(pipeline.run(table.hourlySpec()).text("next")).isEqualTo("NOTHING_NEW");
        assertThat(pipeline.run(waiving()).text("next")).isEqualTo("NOTHING_NEW");

        table.with(TestLake.Table.hour(2) + "part-0.json.gz", Content.jsonGz());
        Finished repaired = pipeline.run(table.hourlySpec());

        assertThat(repaired.text("status")).as(repaired.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table)).hasSize(4);
        assertThat(pipeline.catalog().parameters(table)).doesNotContainKey("fanin.waived");
    }

    private ObjectNode waiving() {
        ObjectNode input = table.names();
        input.putArray("waive")
                .addObject()
                .put("partition", "dt=2013-02-08/hour=02")
                .put("reason", "the producer lost it")
                .put("by", "ada");
        return input;
    }

    /** The longest names, with characters that are invalid in a folder's name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly=1-",
                "a(b)'c'-",
                "=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(!=(-"
            })
    void executionsOfAnyNameAreReportedAndRedriven(String beginning) {
        String name = beginning + UUID.randomUUID().toString().substring(0, 8);
        table.withHours(2).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());

        Finished partial = pipeline.executions().run(name, table.spec());

        assertThat(partial.error()).as(partial.toString()).isEqualTo(PARTIAL);
        assertThat(pipeline.catalog().parameters(table).get("fanin.run")).endsWith("/runs/" + new RunId(name) + "/");
        assertThat(pipeline.state()
                        .report(new RunId(name).value())
                        .path("execution")
                        .asText())
                .isEqualTo(pipeline.executions().arn(partial));

        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
        Finished redriven = pipeline.redriveOf(partial);

        assertThat(redriven.text("status")).as(redriven.toString()).isEqualTo("COMPLETE");
    }

    @Test
    void aRedriveWithoutAFixFailsAgainAndLosesNothing() {
        table.withHours(2).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        Finished partial = pipeline.run(table.spec());

        Finished redriven = pipeline.redriveOf(partial);

        assertThat(redriven.error()).as(redriven.toString()).isEqualTo(PARTIAL);
        assertThat(pipeline.state()
                        .report(redriven.name())
                        .at("/failures/0/attempts")
                        .asInt())
                .isEqualTo(2);
        assertThat(pipeline.catalog().values(table)).containsExactly(TestLake.Table.valuesOfHour(0));
    }

    @Test
    void whereAllFailTheTableIsThereAndSaysSo() {
        for (int hour = 0; hour < 3; hour++) {
            table.with(TestLake.Table.hour(hour) + "part-0.json.gz", Content.truncatedJsonGz());
        }

        Finished run = pipeline.run(table.spec());

        assertThat(run.error()).as(run.toString()).isEqualTo(PARTIAL);
        assertThat(run.message()).contains("0 partitions registered", "3 outstanding");
        assertThat(pipeline.catalog().partitions(table)).isEmpty();
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed", "3");
    }

    @Test
    void onPartialSucceedEndsInSuccessWithAPartialTable() {
        table.withHours(2).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());

        Finished run = pipeline.run(table.spec().put("onPartial", "succeed"));

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.text("status")).isEqualTo("PARTIAL");
        assertThat(run.number("registered")).isEqualTo(1);
        assertThat(run.number("outstanding")).isEqualTo(1);
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.status", "PARTIAL");
    }

    @Test
    void aLaterRunTakesUpWhatFailedBefore() {
        table.withHours(2).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        pipeline.run(table.spec());
        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());

        Finished later = pipeline.run(table.names());

        assertThat(later.succeeded()).as(later.toString()).isTrue();
        assertThat(later.text("status")).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.status", "COMPLETE");
    }
}
