package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec is checked without a stack, and each of its errors is named. */
class ValidateCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void validSpecIsToldWithoutAskingAws() {
        Done done = cli.run("validate", CliFixture.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.lines()).containsExactly("The spec of analytics.flights is valid.");
        assertThat(cli.requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'the spec is empty: expected a file, - for standard input, or a JSON object'",
        "' ', 'the spec is empty: expected a file, - for standard input, or a JSON object'",
        "[], the spec on the command line is not a JSON object"
    })
    void whatCannotBeASpecIsToldWithWhatIsExpected(String argument, String message) {
        Done done = cli.run("validate", argument);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: " + message).contains("a table spec looks like");
    }

    @Test
    void everyErrorOfASpecIsNamedByItsJsonPath() {
        Done done = cli.run(
                "validate", "{\"database\": \"a\", \"tabel\": \"b\", \"columns\": [{\"name\": \"x\", \"type\": 7}]}");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("$.tabel: unknown field"))
                .contains("$.table: is missing", "$.columns[0].type: expected a string, found 7");
    }

    @Test
    void timeThatIsNoneIsNamedOnce() {
        Done done = cli.run("validate", CliFixture.SPEC.replaceFirst("\\{", "{\"time\": \"tomorrow\", "));

        assertThat(done.lines())
                .singleElement()
                .asString()
                .startsWith("$.time: expected a moment such as 2026-11-20T10:00:00Z");
    }

    @Test
    void whatDoesNotGoWithItsOwnKeysIsAnErrorToo() {
        Done done = cli.run(
                "validate",
                "--output",
                "json",
                CliFixture.SPEC.replace(
                        "\"layout\"",
                        "\"detection\": {\"mode\": \"partitions\", \"partitions\": [\"x=1\"]}, \"layout\""));

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.json().path("valid").asBoolean()).isFalse();
        assertThat(done.json().at("/problems/0/path").asText()).isEqualTo("$.detection.partitions[0]");
    }

    /** The columns are in the catalog. */
    @Test
    void specThatConvertsAndStatesNoColumnsIsValid() {
        Done done = cli.run(
                "validate",
                "{\"database\": \"analytics\", \"table\": \"flights\", \"processor\": {\"type\": \"convert\"},"
                        + " \"source\": {\"location\": \"s3://raw/flights/\", \"format\": \"json\"}}");

        assertThat(done.out()).contains("The spec of analytics.flights is valid.");
        assertThat(done.code()).isZero();
    }

    @Test
    void specIsCheckedWithTheFieldsBesideIt() {
        assertThat(cli.run("validate", "{\"spec\": " + CliFixture.SPEC + ", \"table\": \"delays\", \"dryRun\": true}")
                        .lines())
                .containsExactly("The spec of analytics.delays is valid.");
        assertThat(cli.run("validate", "{\"spec\": " + CliFixture.SPEC + ", \"dryRun\": \"yes\"}")
                        .lines())
                .containsExactly("$.dryRun: expected true or false, found \"yes\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"spec\": \"s3://lake/flights.json\"}", "{\"redriveOf\": \"flights-1\"}"})
    void inputThatOnlyRefersToASpecIsNotChecked(String input) {
        Done done = cli.run("validate", input);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("this input only refers to a spec that lies elsewhere");
    }
}
