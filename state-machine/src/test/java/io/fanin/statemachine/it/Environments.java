package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
import io.fanin.statemachine.it.Script.Ended;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Environments of the tests, deployed with the repository's scripts.
 *
 * @param folder the folder of the configuration
 */
record Environments(URI endpoint, Path folder) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * Adds an environment to the configuration.
     *
     * @param spec the URI of the spec whose dry run shows that a deployment works
     */
    Environments with(String name, String spec) throws IOException {
        Files.writeString(
                config(),
                """
                [%s.deploy.parameters]
                stack_name = "fanin-%s"
                parameter_overrides = [
                    "DataBuckets=%s",
                    "TargetBuckets=%s",
                    "SpecBuckets=%s",
                    "Databases=*",
                    "EventBus=\\"\\"",
                ]

                [%s.smoke.parameters]
                spec = "%s"
                """.formatted(name, name, TestLake.BUCKETS, TestLake.BUCKETS, TestLake.BUCKETS, name, spec),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return this;
    }

    Stack deploy(String name, String... options) {
        Ended ended = run(name, options, "--json");
        if (ended.code() != 0) {
            throw new AssertionError("scripts/deploy " + name + " ended with " + ended);
        }
        return new Stack(Json.read(ended.printed(), JsonNode.class, "the stack's outputs"));
    }

    Ended run(String name, String[] options, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name, "--yes", "--config-file", config().toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(more));
        return Script.end("deploy", arguments, Map.of("AWS_ENDPOINT_URL", endpoint.toString()), LIMIT);
    }

    /** A copy of the deployed functions, with another file in the processor's zip. */
    Path withAnotherProcessor() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("changed"));
        for (String name : List.of(
                "template.yaml",
                "detector/target/detector.zip",
                "processor/target/processor.zip",
                "table-creator/target/table-creator.zip")) {
            copy(name, copy);
        }
        for (Path definition : Repository.definitions()) {
            copy(Repository.ROOT.relativize(definition).toString(), copy);
        }
        try (FileSystem zip = FileSystems.newFileSystem(copy.resolve("processor/target/processor.zip"))) {
            Files.writeString(zip.getPath("changed"), folder.toString(), StandardCharsets.UTF_8);
        }
        return copy;
    }

    private static void copy(String name, Path folder) throws IOException {
        Path to = folder.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(Repository.ROOT.resolve(name), to);
    }

    private Path config() {
        return folder.resolve("samconfig.toml");
    }
}
