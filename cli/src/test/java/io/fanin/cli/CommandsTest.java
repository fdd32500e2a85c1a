package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.cli.aws.EndpointClients;
import io.fanin.cli.console.AnswerWriter;
import io.fanin.cli.console.Version;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The common behaviour of all commands, and the program's help. */
class CommandsTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void failureIsAJsonDocumentWhereAnswersAre() {
        Done done = cli.run("status", "--output", "json", "--stack", "other", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).isEmpty();
        assertThat(read(done.err()))
                .isEqualTo(read(Json.text(Map.of(
                        "error", "there is no stack other at AWS",
                        "hint",
                                "deploy it with scripts/deploy of the release's archive, or sam deploy, or name another stack with --stack, or its region with --region",
                        "exitCode", 2))));
    }

    @ParameterizedTest
    @CsvSource({"text", "json"})
    void outputThatCannotBeWrittenIsAFailure(String output) {
        cli.createTable(StatusFixture.PARTIAL);

        assertThat(printingTo("No space left on device", "status", "--output", output, "analytics.flights"))
                .startsWith("2 ")
                .contains("standard output cannot be written: No space left on device")
                .doesNotContain("hint");
        assertThat(printingTo("No space left on device", "status", "--help")).startsWith("2 error: standard output");
    }

    @Test
    void pipeThatItsReaderClosesIsNoFailure() {
        cli.createTable(StatusFixture.PARTIAL);

        assertThat(printingTo("Broken pipe", "status", "analytics.flights")).isEqualTo("1 ");
    }

    /** The exit code and error output of a command whose standard output fails. */
    private String printingTo(String failure, String... arguments) {
        StringWriter err = new StringWriter();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        int code = cli.commandLine()
                .setOut(new AnswerWriter(full, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return code + " " + err;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runs analytics.flights --max=0|--max must be 1 or more, found 0",
                "runs analytics.flights --max=-1|--max must be 1 or more, found -1",
                "query --max-mib=-1 select|--max-mib must be 0 to 8796093022207, found -1",
                "query --max-mib=8796093022208 select|--max-mib must be 0 to 8796093022207, found 8796093022208",
                "console --listen=-1|--listen must be 0 to 65535, found -1",
                "status --port=0|is no port: a number from 1 to 65535",
                "tables --every=0m|expected minutes, hours or days, such as 10m, 1h or 1d, found",
            })
    void numbersThatMakeNoSenseAreRefused(String words, String error) {
        Done done = cli.run(words.split(" "));

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: ").contains(error);
        assertThat(cli.requests()).isZero();
    }

    @Test
    void runsMayBeAsManyAsThereAre() {
        Done done = cli.run("runs", "analytics.flights", "--max=" + Integer.MAX_VALUE);

        assertThat(done.code()).as(done.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void awsByVariableExcludesAnEndpointByVariable(boolean inRepository) {
        cli.inRepository = inRepository;
        cli.environment.putAll(Map.of("FANIN_AWS", "1", "AWS_ENDPOINT_URL", "http://localhost:4566"));

        Done done = cli.run("status");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("AWS was asked for, and AWS_ENDPOINT_URL is http://localhost:4566");
        assertThat(cli.run("status", "--endpoint-url", "http://localhost:4566").err())
                .doesNotContain("AWS was asked for");
    }

    @Test
    void hintsSayAgainWhatWasGiven() {
        cli.inRepository = true;

        Done done = cli.run("status", "--port", "4599", "analytics.flights");

        assertThat(done.err()).contains("hint: create it: scripts/fanin run SPEC --port 4599");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch|fanin has no command 'nosuch'|see fanin --help",
                "statu|fanin has no command 'statu'|did you mean fanin status",
                "--no-colour|fanin has no option '--no-colour'|did you mean --no-color",
                "status --nosuch|fanin status has no option '--nosuch'|fanin status --help",
                "explain one two three|fanin explain has no argument 'three'|see fanin explain --help",
            })
    void unknownWordsAreRefusedWithTheNearestOne(String words, String error, String hint) {
        for (String help : List.of("", " --help", " --version")) {
            Done done = cli.run((words + help).split(" "));

            assertThat(done.code()).isEqualTo(2);
            assertThat(done.out()).isEmpty();
            assertThat(done.err()).contains("error: " + error, "hint: ", hint);
            assertThat(cli.requests()).isZero();
        }
    }

    @Test
    void nameInCapitalsIsToldHowTheCatalogHasIt() {
        Done done = cli.run("status", "Analytics.Flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("'Analytics.Flights' names no table", "names in lower case: analytics.flights");
    }

    @Test
    void stackThatIsNotDeployedYetIsToldWithItsStatus() {
        cli.outputs.clear();
        cli.stackStatus = "CREATE_IN_PROGRESS";

        Done done = cli.run("status");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("the stack has no output StateBucketName, and is CREATE_IN_PROGRESS")
                .contains("hint: wait until it is deployed");
    }

    @Test
    void helpOfEachCommandIsShown() {
        assertThat(cli.run("--help").out()).contains("Commands:");
        assertThat(cli.run("--help", "status").out()).contains("Commands:");
        assertThat(cli.run("status", "--help").out()).contains("Shows the state of one table");
    }

    @Test
    void missingCommandIsRefusedWithWhereTheyAreListed() {
        Done done = cli.run("--output", "json");

        assertThat(done.code()).isEqualTo(2);
        assertThat(read(done.err()))
                .isEqualTo(read(
                        Json.text(Map.of("error", "a command is missing", "hint", "see fanin --help", "exitCode", 2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 1|http://localhost:1|start LocalStack: scripts/up --port 1",
                "--endpoint-url http://127.0.0.1:1|http://127.0.0.1:1|start it, or name another endpoint",
            })
    void nobodyAtTheEndpointIsSaidWithItsAddress(String options, String url, String hint) {
        cli.inRepository = true;
        cli.clients = EndpointClients::new;
        for (String command : List.of("status", "runs analytics.flights", "doctor")) {
            Done done = cli.run((command + " " + options).split(" "));

            assertThat(done.err() + done.out())
                    .contains("nothing answers at " + url + " (Connection refused)", hint)
                    .doesNotContain("Unable to execute HTTP request");
        }
    }

    @Test
    void versionIsTold() {
        assertThat(cli.run("--version").out()).isEqualTo("fanin " + Version.number() + "\n");
    }

    @Test
    void shellCompletionIsGenerated() {
        assertThat(cli.run("generate-completion").out()).contains("_complete_fanin", "explain");
    }

    private static JsonNode read(String text) {
        return Json.read(text, JsonNode.class, "text");
    }
}
