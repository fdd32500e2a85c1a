package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Executions that only plan, and change nothing. */
@ExtendWith(Platform.class)
class DryRunIT {

    private final Pipeline pipeline;
    private TestLake.Table table;

    DryRunIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTableWithData() {
        table = pipeline.newTable().withHours(3);
    }

    @Test
    void nothingIsWrittenButThePlan() {
        Finished run = pipeline.run(table.spec().put("dryRun", true));

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.text("next")).isEqualTo("PLANNED");
        assertThat(run.text("plan")).isEqualTo("runs/" + run.name() + "/plan.json");
        assertThat(run.number("partitions")).isEqualTo(3);
        assertThat(pipeline.state().keys(run.name())).containsExactly("runs/" + run.name() + "/plan.json");
        assertThat(pipeline.state().holder(table)).isEmpty();
        assertThat(pipeline.catalog().has(table)).isFalse();
    }

    @Test
    void whatWasPlannedIsWhatTheRunDoes() {
        JsonNode plan = pipeline.state()
                .plan(pipeline.run(table.spec().put("dryRun", true)).name());

        Finished run = pipeline.run(table.spec());

        assertThat(plan.path("next").asText()).isEqualTo("PROCESS");
        assertThat(plan.path("partitions").asInt()).isEqualTo(3);
        assertThat(plan.path("stateTransitions").asInt()).isEqualTo(12);
        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(run.number("registered")).isEqualTo(3);
    }

    @Test
    void aPlanHasReasonsAndItsOwnCost() {
        pipeline.run(table.hourlySpec());
        table.withHours(4).with(TestLake.Table.hour(1) + "part-1.json.gz", Content.jsonGz());

        JsonNode plan = pipeline.state()
                .plan(pipeline.run(table.hourlySpec().put("dryRun", true)).name());

        JsonNode detection = plan.path("detection");
        assertThat(detection.path("reasons").toString()).as(plan.toString()).isEqualTo("{\"NEW\":1,\"LATE\":1}");
        assertThat(detection.path("sample"))
                .extracting(planned -> planned.path("reason").asText() + " "
                        + planned.path("partition").asText())
                .containsExactlyInAnyOrder("NEW dt=2013-02-08/hour=03", "LATE dt=2013-02-08/hour=01");
        assertThat(plan.at("/requests/S3 ListObjectsV2").asInt()).isPositive();
        assertThat(pipeline.catalog().values(table)).hasSize(3);
    }
}
