package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gate, called in the ways of Step Functions on AWS and on other engines. */
@ExtendWith(Platform.class)
class GateIT {

    private static final String PARTIAL = "io.fanin.tablecreator.TablePartialException";

    private final Pipeline pipeline;
    private TestLake.Table table;
    private Finished partial;

    GateIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Such a run never reached the gate. */
    @BeforeEach
    void aPartialRun() {
        table = pipeline.newTable()
                .withHours(3)
                .with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        partial = pipeline.run(table.spec().put("onPartial", "succeed"));
    }

    @Test
    void theFirstArrivalIsHeld() {
        assertThat(hold(redriven(0)).error()).isEqualTo(PARTIAL);
    }

    @Test
    void aRetryOfTheFirstArrivalIsHeldToo() {
        hold(redriven(0));

        assertThat(hold(redriven(0)).error()).isEqualTo(PARTIAL);
    }

    @Test
    void aRedriveLeadsBackToTheFailedPartitions() {
        hold(redriven(0));

        Invocation redrive = hold(redriven(1));

        assertThat(redrive.error()).isEmpty();
        assertThat(redrive.payload().path("next").asText()).isEqualTo("PROCESS");
        assertThat(redrive.payload().path("pass").asInt()).isEqualTo(1);
        assertThat(redrive.payload().path("manifest").asText())
                .isEqualTo("runs/" + partial.name() + "/pass-1/manifest.json");
        JsonNode manifest = pipeline.state().manifest(partial.name(), 1);
        assertThat(manifest).hasSize(1);
        assertThat(manifest.at("/0/partitions/0/values/1").asText()).isEqualTo("01");
    }

    /** On AWS, a redrive after one that failed elsewhere has a count that is higher by two. */
    @Test
    void aRedriveThatIsDeliveredTwiceGivesTheSameAnswer() {
        hold(redriven(0));
        Invocation first = hold(redriven(2));

        assertThat(hold(redriven(2)).payload()).isEqualTo(first.payload());
    }

    @Test
    void whereTheEngineKnowsNoRedriveTheSecondArrivalIsOne() {
        assertThat(hold(OptionalInt.empty()).error()).isEqualTo(PARTIAL);

        Invocation second = hold(OptionalInt.empty());

        assertThat(second.error()).isEmpty();
        assertThat(second.payload().path("next").asText()).isEqualTo("PROCESS");
    }

    @Test
    void whatALaterRunHasRegisteredIsNotProcessedAgain() {
        hold(redriven(0));
        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
        pipeline.run(table.names());

        Invocation redrive = hold(redriven(1));

        assertThat(redrive.payload().path("next").asText()).isEqualTo("REGISTER");
        assertThat(pipeline.state().manifest(partial.name(), 1)).isEmpty();
    }

    private static OptionalInt redriven(int times) {
        return OptionalInt.of(times);
    }

    private Invocation hold(OptionalInt redriveCount) {
        ObjectNode request = Json.documents()
                .createObjectNode()
                .put("action", "hold")
                .put("run", partial.name())
                .put("pass", 0);
        ObjectNode execution = request.putObject("execution")
                .put("Id", pipeline.executions().arn(partial))
                .put("Name", partial.name());
        redriveCount.ifPresent(count -> execution.put("RedriveCount", count));
        return Invocation.of(pipeline.clients().lambda(), pipeline.stack().tableCreator(), request);
    }
}
