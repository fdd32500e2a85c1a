package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.arn;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run is started and followed, and its outcome is the answer and the exit code. */
class RunCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void runIsFollowedToItsEnd() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = cli.run("run", CliFixture.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "Execution analytics-flights-20130209T150001-234",
                        "analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
        assertThat(cli.stepFunctions.inputs)
                .containsExactly(Json.text(Json.read(CliFixture.SPEC, JsonNode.class, "spec")));
    }

    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 0", "PARTIAL, 1", "BUSY, 3"})
    void runEndsWithTheCodeOfItsOutcome(String next, int code) {
        cli.stepFunctions.startsWith(
                name -> succeeded(name, Map.of("table", "analytics.flights", "next", next, "holder", arn("other"))));

        assertThat(cli.run("run", CliFixture.SPEC).code()).isEqualTo(code);
    }

    @Test
    void heldRunEndsWithOne() {
        cli.stepFunctions.startsWith(name -> failed(name, HELD, Map.of("errorMessage", "is partial")));

        assertThat(cli.run("run", CliFixture.SPEC).code()).isEqualTo(1);
    }

    @Test
    void refusedSpecEndsWithTwo() {
        cli.stepFunctions.startsWith(name ->
                failed(name, "io.fanin.model.spec.SpecException", Map.of("errorMessage", "$.table: is missing")));

        Done done = cli.run("run", "{}");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).contains("failed: $.table: is missing");
    }

    @Test
    void answerOfARunIsOneJsonDocument() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = cli.run("run", "--output", "json", CliFixture.SPEC);

        JsonNode json = done.json();
        assertThat(json.path("result").asText()).isEqualTo("COMPLETE");
        assertThat(json.path("registered").asInt()).isEqualTo(24);
        assertThat(done.err()).startsWith("Execution analytics-flights-");
    }

    @Test
    void standingInputIsASpec() {
        cli.standardInput = CliFixture.SPEC;
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("run", "-").code()).isZero();
    }

    @Test
    void interruptionPrintsThatTheExecutionContinues() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));
        cli.run("run", "--stack", "partition-fan-in", "--endpoint-url", "http://localhost:4599", CliFixture.SPEC);

        assertThat(cli.notices).hasSize(1);
        cli.notices.getFirst().run();
        assertThat(cli.told())
                .contains("The execution goes on: analytics-flights-20130209T150001-234")
                .contains("follow it: fanin status --endpoint-url http://localhost:4599")
                .contains("stop it: aws --endpoint-url http://localhost:4599 stepfunctions stop-execution"
                        + " --execution-arn " + arn("analytics-flights-20130209T150001-234"));
    }
}
