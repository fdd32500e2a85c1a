package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common, and what the program tells of itself. */
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
                        "hint", "deploy it with sam deploy, or name another one with --stack",
                        "exitCode", 2))));
    }

    @Test
    void hintsSayAgainWhatWasGiven() {
        cli.inRepository = true;

        Done done = cli.run("status", "--port", "4599", "analytics.flights");

        assertThat(done.err()).contains("hint: create it: scripts/fanin run SPEC --port 4599");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "statsu"})
    void misspeltWordsAreRefused(String word) {
        Done done = cli.run(word, "1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains(word);
        assertThat(cli.requests()).isZero();
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
