package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.arn;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A second start would be a second execution. */
    @Test
    void runThatCannotBeFollowedAnyMoreIsNotToBeStartedAgain() {
        cli.stepFunctions.refuse("DescribeExecution", "ExpiredToken", "The security token included is expired", 400);

        Done done = cli.run("run", CliFixture.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: the AWS credentials have expired")
                .contains(
                        "the execution analytics-flights-20130209T150001-234 goes on: do not start it again, follow it: ");
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

        Done done = cli.run("run", CliFixture.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).contains("failed: $.table: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void specThatIsWrongByItselfStartsNothing(String command) {
        Done done = cli.run(command, "{\"database\": \"analytics\", \"table\": \"flights\", \"colums\": []}");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("$.colums: unknown field, expected one of:")
                .contains("correct it; nothing was started");
        assertThat(cli.stepFunctions.inputs).isEmpty();
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
    void tableIsRunWithItsStoredSpec() {
        storeSpec("specs/anything.json");
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = cli.run("run", "analytics.flights");

        assertThat(done.lines())
                .containsExactly(
                        "Spec {\"spec\":\"s3://lake/specs/anything.json\"}",
                        "Execution analytics-flights-20130209T150001-234",
                        "analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"spec\":\"s3://lake/specs/anything.json\"}");
    }

    @Test
    void tableThatIsNotEnabledIsRunWhenItIsNamed() {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.aws.s3().put("lake", "specs/f.json", CliFixture.SPEC.replaceFirst("\\{", "{\"enabled\": false, "));
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("run", "analytics.flights").code()).isZero();
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"spec\":\"s3://lake/specs/f.json\"}");
    }

    @Test
    void tableWithoutAStoredSpecIsRunAsTheCatalogDescribesIt() {
        cli.createTable(TableRecord.NEW);
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("run", "analytics.flights").code()).isZero();
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"database\":\"analytics\",\"table\":\"flights\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\": \"full\", \"gaps\": \"outstanding\"} | {\"mode\":\"full\",\"gaps\":\"outstanding\"} | ,",
                "{\"mode\": \"full\", \"force\": true, \"vanished\": \"deregister\"} |"
                        + " {\"mode\":\"full\",\"vanished\":\"deregister\"} | ', without its force,'",
                "{\"mode\": \"events\"} | {\"mode\":\"events\"} | ,",
                "{\"mode\": \"partitions\", \"partitions\": [\"dt=2013-02-08/hour=17\"]} | |"
                        + " ', without the partitions that it named,'",
                "{\"mode\": \"range\", \"from\": \"2013-02-08\", \"to\": \"2013-02-09\", \"maxAttempts\": 3} |"
                        + " {\"maxAttempts\":3} | ', without the partitions that it named,'"
            })
    void tableWithoutAStoredSpecIsRunWithItsLastRuns(String detection, String expected, String said) {
        lastRunHad("\"onPartial\": \"succeed\", \"detection\": " + detection);
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        Done done = cli.run("run", "analytics.flights");

        assertThat(done.code()).isZero();
        String input = cli.stepFunctions.inputs.getFirst();
        assertThat(done.lines().getFirst()).isEqualTo("Spec of the last run, flights-1" + said + " " + input);
        JsonNode started = Json.read(input, JsonNode.class, "input");
        assertThat(started.path("onPartial").asText()).isEqualTo("succeed");
        assertThat(started.path("columns")).isNotEmpty();
        assertThat(started.has("detection") ? Json.text(started.path("detection")) : null)
                .isEqualTo(expected);
    }

    /** What the catalog says, or an object with a query has, may have been corrected since. */
    @Test
    void lastRunsInputIsGivenAgainAsItWas() {
        lastRunHad("\"input\": {\"database\": \"analytics\", \"table\": \"flights\", \"processor\": {\"type\": \"sql\","
                + " \"file\": \"s3://lake/q.sql\"}}");

        assertThat(inputOfRun())
                .isEqualTo("{\"database\":\"analytics\",\"table\":\"flights\","
                        + "\"processor\":{\"type\":\"sql\",\"file\":\"s3://lake/q.sql\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'spec': {'database': 'analytics', 'table': 'flights', 'detection': {'mode': 'events'}},"
                        + " 'detection': {'mode': 'partitions', 'partitions': ['dt=2013-02-08/hour=17']}}"
                        + " | {'spec':{'database':'analytics','table':'flights','detection':{'mode':'events'}}}",
                "{'spec': {'database': 'analytics', 'table': 'flights', 'detection': {'mode': 'range', 'from': '2013-02-08',"
                        + " 'to': '2013-02-09', 'maxAttempts': 3}}}"
                        + " | {'spec':{'database':'analytics','table':'flights','detection':{'maxAttempts':3}}}",
                "{'database': 'analytics', 'table': 'flights', 'detection': {'mode': 'full', 'force': true}}"
                        + " | {'database':'analytics','table':'flights','detection':{'mode':'full'}}"
            })
    void lastRunsInputIsGivenWithoutWhatWasMeantOnlyForIt(String input, String expected) {
        String json = input.replace('\'', '"');
        JsonNode given = Json.read(json, JsonNode.class, "input");
        JsonNode detection = given.path("detection").isObject() ? given.path("detection") : given.at("/spec/detection");
        lastRunHad("\"input\": " + json + ", \"detection\": " + detection);

        assertThat(inputOfRun()).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void objectWithTheLastRunsSpecIsReadAgain() {
        cli.parameters.put("SpecBuckets", "lake");
        lastRunHad("\"input\": {\"spec\": \"s3://lake/mine/flights.json\"}");

        assertThat(cli.run("run", "analytics.flights").err())
                .contains("the spec of the last run, flights-1, cannot be used: ", "s3://lake/mine/flights.json");

        cli.aws.s3().put("lake", "mine/flights.json", CliFixture.SPEC.replace("\"flights\"", "\"delays\""));
        assertThat(cli.run("run", "analytics.flights").err())
                .contains("the spec of the last run, flights-1, is one of analytics.delays by now");

        cli.aws.s3().put("lake", "mine/flights.json", CliFixture.SPEC);
        assertThat(inputOfRun()).isEqualTo("{\"spec\":\"s3://lake/mine/flights.json\"}");
    }

    private String inputOfRun() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));
        assertThat(cli.run("run", "analytics.flights").err()).isEmpty();
        return cli.stepFunctions.inputs.getLast();
    }

    @Test
    void tableIsPlannedWithItsLastRunsSpec() {
        lastRunHad("\"onPartial\": \"succeed\"");
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        cli.run("plan", "analytics.flights");

        assertThat(cli.stepFunctions.inputs.getFirst())
                .contains("\"onPartial\":\"succeed\"")
                .endsWith("\"dryRun\":true}");
    }

    @Test
    void catalogDoesNotStandInForALastSpecThatHasExpired() {
        cli.createTable(StatusFixture.COMPLETE);

        Done done = cli.run("run", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("no spec of analytics.flights is stored, and that of its last run, flights-1, has expired")
                .contains("give {\"database\":\"analytics\",\"table\":\"flights\"}");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    /** Its parameters may have changed since, and runs of all tables use these. */
    @Test
    void tableThatNeedsNoSpecIsRunAsTheCatalogDescribesIt() {
        lastRunHad("\"onPartial\": \"succeed\"");
        cli.parameters.put("RawDatabases", "analytics");
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        cli.run("run", "analytics.flights");

        assertThat(cli.stepFunctions.inputs).containsExactly("{\"database\":\"analytics\",\"table\":\"flights\"}");
    }

    private void lastRunHad(String fields) {
        cli.createTable(StatusFixture.COMPLETE);
        cli.store.put("runs/flights-1/spec.json", CliFixture.SPEC.replaceFirst("\\{", "{" + fields + ", "));
    }

    @Test
    void tableWithSeveralStoredSpecsIsNotRun() {
        storeSpec("specs/a.json");
        storeSpec("specs/b.json");

        Done done = cli.run("run", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("s3://lake/specs/a.json", "has several specs", "delete all but one");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void specThatCannotBeReadMayBeTheTables(String command) {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));
        lastRunHad("\"onPartial\": \"succeed\"");
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.aws.s3().put("lake", "specs/a.json", "{\"database\": \"analytics\", ");
        cli.aws.s3().put("lake", "specs/b.json", "{\"database\": \"analytics\", \"table\": \"other\", \"x\": 1}");

        Done done = cli.run(command, "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("no spec of analytics.flights was found, and may be one that cannot be read:"
                        + " s3://lake/specs/a.json")
                .doesNotContain("b.json");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @Test
    void nameOfNothingIsRefusedBeforeAnExecutionIsStarted() {
        Done done = cli.run("run", "analytics.fligths", "--region", "eu-west-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("there is neither a file analytics.fligths, nor a table analytics.fligths in the catalog")
                .contains("store one: fanin apply SPEC --region eu-west-1");
        assertThat(cli.run("run", "flights.json").err()).contains("there is no file flights.json");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    private void storeSpec(String key) {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.aws.s3().put("lake", key, CliFixture.SPEC);
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
                .contains("stop it: aws stepfunctions stop-execution --execution-arn "
                        + arn("analytics-flights-20130209T150001-234") + " --endpoint-url http://localhost:4599");
    }

    /**
     * Printed commands have to work when pasted: LocalStack's default port is not the default of an installed program.
     */
    @ParameterizedTest
    @CsvSource({
        "true, '', '', ''",
        "true, AWS_ENDPOINT_URL, http://other:1, ' --port 4566'",
        "true, FANIN_AWS, 1, ' --port 4566'",
        "false, '', '', ' --port 4566'"
    })
    void portIsRepeatedWhereItDecides(boolean inRepository, String variable, String value, String repeated) {
        cli.inRepository = inRepository;
        cli.environment.put(variable, value);
        cli.stepFunctions.startsWith(name -> failed(name, FakeStepFunctions.HELD, Map.of()));

        assertThat(cli.run("run", "--port", "4566", CliFixture.SPEC).out())
                .contains("fanin redrive analytics-flights-20130209T150001-234" + repeated + "\n");
    }
}
