package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The printed commands keep a table's definition in files, by a shell with a stand-in for the AWS CLI. */
class CutOverFilesTest {

    private static final String PROJECTION = "projection.enabled";

    @TempDir
    private Path folder;

    private final InitFixture fixture = new InitFixture();
    private final ObjectNode definition = Json.documents().createObjectNode().put("Name", "t");
    private List<String> printed = List.of();

    @BeforeEach
    void printed() throws IOException {
        fixture.table(
                        "t",
                        "dt:date",
                        Map.of(PROJECTION, "true", "projection.dt.type", "date", "projection.dt.format", "yyyy-MM-dd"))
                .data("t", "dt=2013-02-08");
        printed = fixture.cli.run("init", "raw.t", "--cut-over").lines();
        Path aws = folder.resolve("aws");
        Files.writeString(
                aws,
                "#!/bin/sh\n[ \"$2\" = get-table ] || echo \"$@\" > written\n" + "[ \"$2\" != get-table ] || cat \""
                        + folder + "/definition\"\n");
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        definition.putArray("PartitionKeys");
        definition.putObject("StorageDescriptor").put("Location", "s3://lake/\"fanin.status\": \"x\",}");
        definition.putObject("Parameters");
    }

    /** Writes the definition as the AWS CLI prints it: an indent of four, and one space after each colon. */
    private void define(Map<String, String> parameters) throws IOException {
        ObjectNode given = definition.putObject("Parameters");
        parameters.forEach(given::put);
        String fields = Stream.of(
                        "Name", "Description", "StorageDescriptor", "PartitionKeys", "Parameters", "TargetTable")
                .map(field -> "    \"" + field + "\": "
                        + (definition.path(field).isObject()
                                ? lines(definition.path(field))
                                : definition.has(field) ? definition.path(field) : "null"))
                .collect(Collectors.joining(",\n"));
        Files.writeString(folder.resolve("definition"), "{\n" + fields + "\n}\n");
    }

    private static String lines(JsonNode object) {
        return object.properties().stream()
                .map(one ->
                        "        " + Json.documents().getNodeFactory().textNode(one.getKey()) + ": " + one.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n    }"));
    }

    private int type() throws IOException {
        return type("Parallel");
    }

    private int type(String part) throws IOException {
        String commands = printed.stream()
                .dropWhile(line -> !line.startsWith("## " + part))
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("fanin") && !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("shown").toFile());
        shell.environment().merge("PATH", folder.toString(), (old, own) -> own + ":" + old);
        try {
            return shell.start().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode read(String kind) throws IOException {
        return Json.documents().readTree(Files.readString(folder.resolve("raw.t." + kind + ".json")));
    }

    @Test
    void definitionIsKeptWithoutOurParameters() throws IOException {
        for (List<String> ours : List.of(
                List.of("fanin.status"),
                List.of("a fanin.b", "fanin.failed.sample"),
                List.of("fanin.run", PROJECTION))) {
            Files.deleteIfExists(folder.resolve("raw.t.before.json"));
            define(ours.stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> name.startsWith(PROJECTION) ? "true" : "[\"\\\"\", }")));
            ObjectNode expected = definition.deepCopy();
            ((ObjectNode) expected.path("Parameters"))
                    .remove(ours.stream()
                            .filter(name -> name.startsWith("fanin."))
                            .toList());

            assertThat(type()).as(Files.readString(folder.resolve("shown"))).isZero();

            assertThat(read("before")).isEqualTo(expected);
        }
    }

    @Test
    void firstDefinitionIsNeverOverwritten() throws IOException {
        define(Map.of(PROJECTION, "true", "first", "yes"));
        type();
        define(Map.of(PROJECTION, "true", "fanin.projection", "register", "fanin.status", "PARTIAL"));

        assertThat(type()).isZero();

        assertThat(read("before").path("Parameters")).hasSize(2);
        assertThat(read("before").path("Parameters").path("first").asText()).isEqualTo("yes");
        assertThat(Files.readString(folder.resolve("raw.t.parallel.json")))
                .containsOnlyOnce("fanin.projection")
                .contains("\"fanin.status\": \"PARTIAL\"");
        assertThat(read("parallel").path("Parameters")).hasSize(3);
    }

    /** The description was added after the commands were printed. */
    @Test
    void laterDescriptionIsKept() throws IOException {
        definition.put("Description", "\"Owner\": null,");
        define(Map.of(PROJECTION, "true"));

        assertThat(type()).as(Files.readString(folder.resolve("shown"))).isZero();

        assertThat(read("before")).isEqualTo(definition);
        assertThat(read("parallel").path("Description").asText()).isEqualTo("\"Owner\": null,");
    }

    @Test
    void whatOthersHaveChangedSinceIsGivenBack() throws IOException {
        define(Map.of(PROJECTION, "true"));
        type();
        definition.put("Description", "since");
        define(Map.of(
                PROJECTION, "false", "owner", "since", "fanin.projection", "register", "fanin.status", "PARTIAL"));

        assertThat(type("Back")).as(Files.readString(folder.resolve("shown"))).isZero();

        assertThat(Files.readString(folder.resolve("written")))
                .contains("update-table", "file://raw.t.back.json --version-id");
        assertThat(read("back").path("Description").asText()).isEqualTo("since");
        assertThat(read("back").path("Parameters"))
                .isEqualTo(Json.documents()
                        .createObjectNode()
                        .put("owner", "since")
                        .put(PROJECTION, "true"));
        assertThat(read("before").has("Description")).isFalse();
    }

    @Test
    void tableThatHasLostItsProjectionIsNotGivenBackWithoutIt() throws IOException {
        define(Map.of("fanin.status", "PARTIAL"));

        assertThat(type("Back")).isNotZero();

        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void refusedRequestLeavesNoDefinition() throws IOException {
        assertThat(type()).as("there is no definition to print").isNotZero();
        assertThat(folder.resolve("raw.t.before.json")).doesNotExist();
    }
}
