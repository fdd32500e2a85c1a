package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.alltables.TableItem;
import io.fanin.model.json.Json;
import io.fanin.model.table.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a table spec from the command line, and naming an execution after it. */
class SpecArgumentTest {

    private static final Path SAMPLES = Path.of("../samples");
    private static final Instant NOW = Instant.parse("2013-02-09T15:00:01.234Z");

    @TempDir
    private Path folder;

    @Test
    void samplesAreSpecs() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<Path> samples =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(samples)
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(read(sample.toString())
                                            .content()
                                            .path("table")
                                            .asText() + ".json")
                            .isEqualTo(sample.getFileName().toString()));
        }
    }

    @Test
    void jsonMayStandOnTheCommandLine() {
        assertThat(read(" {\"table\": \"flights\"}").content()).hasToString("{\"table\":\"flights\"}");
    }

    @Test
    void standardInputIsRead() {
        InputStream input = new ByteArrayInputStream("{\"table\": \"flights\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(SpecArgument.read("-", input).content()).hasToString("{\"table\":\"flights\"}");
    }

    @Test
    void nameOfATableIsNoFile() {
        assertThat(SpecArgument.tableNamed("analytics.flights")).contains(new TableName("analytics", "flights"));
        assertThat(SpecArgument.tableNamed("flights.json")).isEmpty();
        assertThat(SpecArgument.tableNamed("samples/flights.spec")).isEmpty();
        assertThat(SpecArgument.tableNamed("pom.xml")).as("a file that exists").isEmpty();
        assertThat(SpecArgument.tableNamed("{}")).isEmpty();
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> read("nowhere.json"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no file nowhere.json");
    }

    @Test
    void whatIsNoJsonIsRefusedWithThePlace() {
        assertThatThrownBy(() -> read("{\"table\": }")).hasMessageMatching("(?s).*not JSON.*line 1.*");
    }

    @Test
    void parserIsNotQuotedWithItsOwnSettings() {
        assertThatThrownBy(() -> read("{\"table\": \"a\""))
                .hasMessageContaining(
                        "Unexpected end-of-input: expected close marker for Object (which begins at line 1,"
                                + " column 1)");
        assertThatThrownBy(() -> read("{\"table\": }")).hasMessageContaining("Unexpected character '}':");
        assertThatThrownBy(() -> read("{} {}")).hasMessageContaining("it goes on after its end");
        for (String text : List.of("{\"table\": \"a", "{\"a\": [1", "{\"a\" 1}", "{a: 1}", "{\"a\": tru}", "{} x")) {
            assertThatThrownBy(() -> read(text))
                    .hasMessageNotContainingAny("Source", "REDACTED", "Feature", "fasterxml", "(code");
        }
    }

    @Test
    void specInUtf16IsNamedAsSuch() throws IOException {
        Path file = folder.resolve("spec.json");
        Files.write(file, "{\"table\": \"\u00e9\"}".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> read(file.toString())).hasMessage(file + " cannot be read: it is not text in UTF-8");
    }

    @Test
    void whatIsNoObjectIsRefused() throws IOException {
        Path list = Files.writeString(folder.resolve("list.json"), "[1]");
        assertThatThrownBy(() -> read(list.toString())).hasMessageContaining("not a JSON object");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES.resolve("flights"))) {
            Path gzip = files.filter(file -> file.toString().endsWith(".gz"))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> read(gzip.toString())).hasMessageContaining("cannot be read");
        }
    }

    @Test
    void inputOfDryRunIsTheSpecAndAFlag() {
        SpecArgument spec = read("{\"table\": \"flights\"}");

        assertThat(spec.dryRun().content()).hasToString("{\"table\":\"flights\",\"dryRun\":true}");
        assertThat(spec.content()).hasToString("{\"table\":\"flights\"}");
    }

    @Test
    void executionIsNamedAfterTableAndTime() {
        assertThat(read("{\"database\": \"analytics\", \"table\": \"flights\"}").executionName(NOW))
                .isEqualTo("analytics-flights-20130209T150001-234");
    }

    @Test
    void specInS3IsNamedAfterItsObject() {
        assertThat(read("{\"spec\": \"s3://lake/specs/flights.json\"}").executionName(NOW))
                .isEqualTo("flights-20130209T150001-234");
    }

    @Test
    void whatStepFunctionsDoesNotTakeIsReplaced() {
        assertThat(read("{\"database\": \"a b\", \"table\": \"c\"}").executionName(NOW))
                .isEqualTo("a-b-c-20130209T150001-234");
    }

    @Test
    void longNamesAreCutBeforeTheTime() {
        assertThat(read("{\"table\": \"" + "t".repeat(200) + "\"}").executionName(NOW))
                .hasSize(80)
                .endsWith("-20130209T150001-234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"table\": 7}", "{\"redriveOf\": \"x\"}", "{\"spec\": null}"})
    void specWithoutNameStillHasOne(String content) {
        assertThat(read(content).executionName(NOW)).isEqualTo("run-20130209T150001-234");
    }

    @Test
    void executionThatTakesUpAnotherIsNamedAfterItsTable() {
        assertThat(SpecArgument.executionNameAfter("analytics-flights-20130209T140000-000", NOW))
                .isEqualTo("analytics-flights-20130209T150001-234");
    }

    /** The names have the maximum length, and begin like those of other tables of the run. */
    @Test
    void executionsThatTakeUpTablesOfARunOfAllHaveNamesOfTheirOwn() {
        List<String> names = Stream.of("flights_of_the_airline_one", "flights_of_the_airline_two")
                .map(table -> TableItem.of(
                        0,
                        new TableName("analytics_of_all", table),
                        "arn:aws:states:eu-west-1:123456789012:stateMachine:fanin",
                        "all-20130209T140000-000",
                        Json.input().createObjectNode()))
                .map(item -> SpecArgument.executionNameAfter(item.name(), NOW))
                .toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .startsWith("analytics_of_all-flights_of_the_ai")
                        .endsWith("-20130209T150001-234")
                        .hasSize(80));
        assertThat(names.stream().map(name -> SpecArgument.executionNameAfter(name, NOW)))
                .containsExactlyElementsOf(names);
    }

    @Test
    void byteOrderMarkIsPassedOver() throws IOException {
        String spec = "\uFEFF{\"table\": \"flights\"}";
        Path file = Files.writeString(folder.resolve("spec.json"), spec);

        assertThat(read(file.toString()).content()).hasToString("{\"table\":\"flights\"}");
        InputStream input = new ByteArrayInputStream(spec.getBytes(StandardCharsets.UTF_8));
        assertThat(SpecArgument.read("-", input).content()).hasToString("{\"table\":\"flights\"}");
    }

    private static SpecArgument read(String argument) {
        return SpecArgument.read(argument, InputStream.nullInputStream());
    }

    /** Step Functions allows 80 characters. */
    @Test
    void nameThatIsCutIsStillThatOfItsTable() {
        TableName table = new TableName("d".repeat(40), "t".repeat(40));
        SpecArgument stored = SpecArgument.stored(table, "s3://lake/specs/t.json");

        String name = stored.executionName(Instant.parse("2013-02-09T15:00:01.234Z"));

        assertThat(name).hasSize(80);
        assertThat(SpecArgument.isNameFor(table, name)).isTrue();
        assertThat(SpecArgument.isNameFor(new TableName("d".repeat(40), "u"), name))
                .isFalse();
    }
}
