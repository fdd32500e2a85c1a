package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.arn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.entered;
import static io.fanin.cli.FakeStepFunctions.exited;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.World.Done;
import io.fanin.core.json.Json;
import io.fanin.core.record.TableRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that check, start and redrive, with their answers and exit codes. */
class CommandsTest {

    private static final String HELD = "io.fanin.tablecreator.TablePartialException";
    private static final Map<String, Object> COMPLETE =
            Map.of("table", "analytics.flights", "status", "COMPLETE", "registered", 24, "outstanding", 0);
    private static final Map<String, Object> REPORT = Map.of(
            "version",
            1,
            "run",
            "flights-1",
            "pass",
            0,
            "table",
            "analytics.flights",
            "location",
            "s3://lake/flights/",
            "status",
            "PARTIAL",
            "registered",
            22,
            "failed",
            2,
            "outstanding",
            2,
            "failures",
            List.of(failure("17"), failure("18")));

    private final World world = new World();

    @Test
    void validSpecIsToldWithoutAskingAws() {
        Done done = world.run("validate", World.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.lines()).containsExactly("The spec of analytics.flights is valid.");
        assertThat(world.requests()).isZero();
    }

    @Test
    void everyErrorOfASpecIsNamedByItsJsonPath() {
        Done done = world.run(
                "validate", "{\"database\": \"a\", \"tabel\": \"b\", \"columns\": [{\"name\": \"x\", \"type\": 7}]}");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("$.tabel: unknown field"))
                .contains("$.table: is missing", "$.columns[0].type: expected a string, found 7");
    }

    @Test
    void whatDoesNotGoWithItsOwnKeysIsAnErrorToo() {
        Done done = world.run(
                "validate",
                "--output",
                "json",
                World.SPEC.replace(
                        "\"layout\"",
                        "\"detection\": {\"mode\": \"partitions\", \"partitions\": [\"x=1\"]}, \"layout\""));

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.json().path("valid").asBoolean()).isFalse();
        assertThat(done.json().at("/problems/0/path").asText()).isEqualTo("$.detection.partitions[0]");
    }

    @Test
    void specIsCheckedWithTheFieldsBesideIt() {
        assertThat(world.run("validate", "{\"spec\": " + World.SPEC + ", \"table\": \"delays\", \"dryRun\": true}")
                        .lines())
                .containsExactly("The spec of analytics.delays is valid.");
        assertThat(world.run("validate", "{\"spec\": " + World.SPEC + ", \"dryRun\": \"yes\"}")
                        .lines())
                .containsExactly("$.dryRun: expected true or false, found \"yes\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"spec\": \"s3://lake/flights.json\"}", "{\"redriveOf\": \"flights-1\"}"})
    void inputThatOnlyRefersToASpecIsNotChecked(String input) {
        Done done = world.run("validate", input);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("this input only refers to a spec that lies elsewhere");
    }

    @Test
    void runIsFollowedToItsEnd() {
        world.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = world.run("run", World.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "Execution analytics-flights-20130209T150001-234",
                        "analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
        assertThat(world.stepFunctions.inputs).containsExactly(Json.text(read(World.SPEC)));
    }

    @Test
    void waivedPartitionsAreTheInputOfAnExecution() {
        world.stepFunctions.startsWith(name -> succeeded(
                name,
                Map.of(
                        "table",
                        "analytics.flights",
                        "status",
                        "COMPLETE",
                        "registered",
                        0,
                        "outstanding",
                        0,
                        "waived",
                        2)));

        Done done = world.run(
                "waive",
                "analytics.flights",
                "dt=2013-02-08/hour=17",
                "[\"2013-02-08\", 18]",
                "--reason",
                "lost",
                "--until",
                "2026-12-01T00:00:00Z");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("analytics.flights is COMPLETE: 0 registered, 0 outstanding, 2 waived.");
        String rest =
                "\"reason\":\"lost\",\"by\":\"arn:aws:iam::000000000000:user/ann\",\"until\":\"2026-12-01T00:00:00Z\"}";
        assertThat(world.stepFunctions.inputs)
                .containsExactly("{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":["
                        + "{\"partition\":\"dt=2013-02-08/hour=17\"," + rest + ",{\"partition\":[\"2013-02-08\",18],"
                        + rest
                        + "]}");
    }

    @Test
    void waiverIsTakenBackByAnExecution() {
        world.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(world.run("unwaive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isZero();
        assertThat(world.stepFunctions.inputs)
                .containsExactly(
                        "{\"database\":\"analytics\",\"table\":\"flights\",\"unwaive\":[\"dt=2013-02-08/hour=17\"]}");
    }

    @Test
    void waiverWithoutAReasonIsRefused() {
        assertThat(world.run("waive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 0", "PARTIAL, 1", "BUSY, 3"})
    void runEndsWithTheCodeOfItsOutcome(String next, int code) {
        world.stepFunctions.startsWith(
                name -> succeeded(name, Map.of("table", "analytics.flights", "next", next, "holder", arn("other"))));

        assertThat(world.run("run", World.SPEC).code()).isEqualTo(code);
    }

    @Test
    void heldRunEndsWithOne() {
        world.stepFunctions.startsWith(name -> failed(name, HELD, Map.of("errorMessage", "is partial")));

        assertThat(world.run("run", World.SPEC).code()).isEqualTo(1);
    }

    @Test
    void refusedSpecEndsWithTwo() {
        world.stepFunctions.startsWith(name ->
                failed(name, "io.fanin.core.spec.SpecException", Map.of("errorMessage", "$.table: is missing")));

        Done done = world.run("run", "{}");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).contains("failed: $.table: is missing");
    }

    @Test
    void answerOfARunIsOneJsonDocument() {
        world.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = world.run("run", "--output", "json", World.SPEC);

        JsonNode json = done.json();
        assertThat(json.path("result").asText()).isEqualTo("COMPLETE");
        assertThat(json.path("registered").asInt()).isEqualTo(24);
        assertThat(done.err()).startsWith("Execution analytics-flights-");
    }

    @Test
    void standingInputIsASpec() {
        world.standardInput = World.SPEC;
        world.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(world.run("run", "-").code()).isZero();
    }

    @Test
    void whoeverInterruptsIsToldThatTheExecutionGoesOn() {
        world.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));
        world.run("run", "--stack", "partition-fan-in", "--endpoint-url", "http://localhost:4599", World.SPEC);

        assertThat(world.notices).hasSize(1);
        world.notices.getFirst().run();
        assertThat(world.told())
                .contains("The execution goes on: analytics-flights-20130209T150001-234")
                .contains("follow it: fanin status --endpoint-url http://localhost:4599")
                .contains("stop it: aws --endpoint-url http://localhost:4599 stepfunctions stop-execution"
                        + " --execution-arn " + arn("analytics-flights-20130209T150001-234"));
    }

    @Test
    void planIsShownAndNothingIsProcessed() {
        world.stepFunctions.startsWith(name -> {
            plan(name);
            return succeeded(name, Map.of("table", "analytics.flights", "next", "PLANNED", "partitions", 1));
        });

        Done done = world.run("plan", World.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.out())
                .contains("Planned: 1 partition of analytics.flights.")
                .contains("analytics.flights: 1 partition in 1 batch would be processed.");
        assertThat(world.stepFunctions.inputs.getFirst()).endsWith("\"dryRun\":true}");
        assertThat(world.run("plan", "--output", "json", World.SPEC)
                        .json()
                        .path("stateTransitions")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void answerOfARunHasTheDocumentedFields() {
        world.stepFunctions.put(failed("flights-1", HELD, Map.of("errorMessage", "is partial")));
        world.aws.s3().put(World.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));

        JsonNode json = world.run("redrive", "--output", "json", "flights-1").json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "execution", "result", "table", "registered", "outstanding", "failures", "report", "message");
    }

    @Test
    void planWhoseSpecWasRefusedIsNotShown() {
        world.stepFunctions.startsWith(name -> {
            plan(name);
            return failed(name, "io.fanin.core.spec.SpecException", Map.of("errorMessage", "no"));
        });

        Done done = world.run("plan", World.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).doesNotContain("would be processed");
    }

    @Test
    void redriveFollowsTheSameExecution() {
        world.stepFunctions
                .put(failed("flights-1", HELD, Map.of()))
                .onRedrive(arn -> world.stepFunctions.put(described("flights-1", "SUCCEEDED")
                        .redriveCount(1)
                        .output(Json.text(COMPLETE))
                        .build()));

        Done done = world.run("redrive", "flights-1");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly("Redriven: flights-1", "analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
    }

    @Test
    void endpointWithoutRedriveStartsAnotherExecution() {
        world.stepFunctions
                .put(failed("analytics-flights-20130209T140000-000", HELD, Map.of()))
                .refuse("RedriveExecution", "InternalFailure", "none", 501)
                .startsWith(name -> succeeded(name, COMPLETE));

        Done done = world.run("redrive", "analytics-flights-20130209T140000-000");

        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("no RedriveExecution", "Execution analytics-flights-20130209T150001-234");
        assertThat(world.stepFunctions.inputs)
                .containsExactly("{\"redriveOf\":\"analytics-flights-20130209T140000-000\"}");
    }

    @Test
    void runningExecutionIsNotRedriven() {
        world.stepFunctions.put(FakeStepFunctions.running("flights-1"));

        Done done = world.run("redrive", "flights-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).isEqualTo("error: flights-1 is running\nhint: wait for its end\n");
        assertThat(world.stepFunctions.calls).doesNotContain("RedriveExecution");
    }

    @Test
    void plannedRedriveNamesWhatIsLeftAndChangesNothing() {
        world.createTable(TableRecord.NEW);
        world.aws.s3().put(World.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));
        world.aws.glue().putPartition("analytics", "flights", List.of("2013-02-08", "18"), "s3://lake/x/");
        world.stepFunctions.put(failed("flights-1", HELD, Map.of()));

        Done done = world.run("redrive", "--plan", "flights-1");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "analytics.flights: 1 partition would be processed again.",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early");
        assertThat(world.stepFunctions.calls).containsExactly("DescribeExecution");
    }

    @Test
    void runsOfATableAreListedNewestFirst() {
        world.stepFunctions
                .put(succeeded("b", COMPLETE))
                .put(failed("flights-1", HELD, Map.of()))
                .put(succeeded("other", Map.of("table", "analytics.other")));
        world.aws.s3().put(World.BUCKET, "runs/flights-1/spec.json", World.SPEC);
        world.aws.s3().put(World.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));

        Done done = world.run("runs", "analytics.flights");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).hasSize(4);
        assertThat(done.lines().get(2)).startsWith("b ").contains("SUCCEEDED");
        assertThat(done.lines().getLast()).matches("flights-1 +FAILED +2013-02-09T00:00:00Z +0 +22 +2 +2");
        JsonNode json = world.run("runs", "--max", "1", "--output", "json", "analytics.flights")
                .json();
        assertThat(json.fieldNames()).toIterable().containsExactly("table", "runs");
        assertThat(json.path("runs")).hasSize(1);
        assertThat(world.run("runs", "analytics.none").out()).contains("No run of analytics.none");
    }

    @Test
    void doctorTellsWhatIsThere() {
        Done done = world.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
        assertThat(done.out()).contains("as arn:aws:iam::000000000000:user/ann");
    }

    @Test
    void doctorTellsVersionsThatDiffer() {
        world.outputs.put("Version", "0.0.1");

        Done done = world.run("doctor", "--output", "json");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.json().fieldNames()).toIterable().containsExactly("ok", "checks");
        assertThat(done.json().path("ok").asBoolean()).isFalse();
        assertThat(done.out()).contains("the functions are of version 0.0.1");
    }

    @Test
    void doctorTellsWhatMayNotBeReadAndGoesOn() {
        world.aws.s3().deny(World.BUCKET, "");

        Done done = world.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("MISSING  state bucket: "))
                .anyMatch(line -> line.startsWith("ok       catalog: "));
    }

    @Test
    void doctorTellsThatThereIsNoStack() {
        Done done = world.run("doctor", "--stack", "other");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines().getLast())
                .startsWith("MISSING  stack other: there is no stack other at AWS; deploy it");
    }

    @Test
    void failureIsAJsonDocumentWhereAnswersAre() {
        Done done = world.run("status", "--output", "json", "--stack", "other", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).isEmpty();
        assertThat(read(done.err()))
                .isEqualTo(read(Json.text(Map.of(
                        "error", "there is no stack other at AWS",
                        "hint", "deploy it with sam deploy, or name another one with --stack",
                        "exitCode", 2))));
    }

    @Test
    void hintsSayAgainWhatWasGiven() {
        world.inRepository = true;

        Done done = world.run("status", "--port", "4599", "analytics.flights");

        assertThat(done.err()).contains("hint: create it: scripts/fanin run SPEC --port 4599");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "statsu"})
    void misspeltWordsAreRefused(String word) {
        Done done = world.run(word, "1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains(word);
        assertThat(world.requests()).isZero();
    }

    @Test
    void versionIsTold() {
        assertThat(world.run("--version").out()).isEqualTo("fanin " + Version.number() + "\n");
    }

    @Test
    void shellCompletionIsGenerated() {
        assertThat(world.run("generate-completion").out()).contains("_complete_fanin", "explain");
    }

    @Test
    void progressIsShownWhileItGoesOn() {
        world.stepFunctions
                .put(
                        failed("flights-1", HELD, Map.of()),
                        exited(1, Map.of("next", "PROCESS", "partitions", 2, "batches", 1)),
                        entered(2, "Fan out over partitions", "Map"))
                .onRedrive(arn -> {});

        assertThat(world.run("redrive", "flights-1").lines())
                .contains("  Fan out over partitions (2 partitions in 1 batch)");
    }

    private void plan(String run) {
        world.aws
                .s3()
                .put(
                        World.BUCKET,
                        "runs/" + run + "/plan.json",
                        Json.text(Map.of(
                                "version",
                                1,
                                "run",
                                run,
                                "spec",
                                world.spec(),
                                "table",
                                "analytics.flights",
                                "next",
                                "PROCESS",
                                "partitions",
                                1,
                                "batches",
                                1,
                                "detection",
                                Map.of("found", 0, "registered", 0, "skipped", Map.of(), "skippedSample", List.of()),
                                "requests",
                                Map.of(),
                                "stateTransitions",
                                7)));
    }

    private static Map<String, Object> failure(String hour) {
        return Map.of(
                "partition",
                "dt=2013-02-08/hour=" + hour,
                "values",
                List.of("2013-02-08", hour),
                "prefix",
                "flights/dt=2013-02-08/hour=" + hour + "/",
                "error",
                "Truncated",
                "message",
                "ended early",
                "attempts",
                1);
    }

    private static JsonNode read(String text) {
        return Json.read(text, JsonNode.class, "text");
    }
}
