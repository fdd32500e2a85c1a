package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The warehouse's sample, deployed to the emulator with the CDK's command line, as documented. */
record WarehouseSample(URI endpoint, JsonNode outputs) {

    static final String STACK = "clickstream";

    private static final Path FOLDER = Repository.ROOT.resolve("samples/warehouse");
    private static final Path TARGET = FOLDER.resolve("target");
    private static final Path CLASS_PATH = TARGET.resolve("class-path");
    private static final Path CDK = Repository.ROOT.resolve(".local/node/node_modules/.bin/cdk");
    private static final Path AWS = Repository.ROOT.resolve(".local/bin/aws");
    private static final String ACCOUNT = "000000000000";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Whether the sample is built, and the CDK's command line is installed. */
    static boolean canBeDeployed() {
        return Files.exists(CDK) && Files.exists(CLASS_PATH);
    }

    static WarehouseSample deployed(URI endpoint) {
        String environment = "aws://" + ACCOUNT + "/" + EmulatorClients.REGION;
        // In a folder without cdk.json: it needs no application.
        command(endpoint, TARGET, List.of(CDK.toString(), "bootstrap", environment));
        Path template = TARGET.resolve("packaged.yaml");
        command(
                endpoint,
                FOLDER,
                List.of(
                        AWS.toString(),
                        "cloudformation",
                        "package",
                        "--template-file",
                        Repository.TEMPLATE.toString(),
                        "--s3-bucket",
                        "cdk-hnb659fds-assets-" + ACCOUNT + "-" + EmulatorClients.REGION,
                        "--output-template-file",
                        template.toString()));
        Path outputs = TARGET.resolve("outputs.json");
        command(
                endpoint,
                FOLDER,
                List.of(
                        CDK.toString(),
                        "deploy",
                        "--require-approval",
                        "never",
                        "--context",
                        "fanin:template=" + template,
                        "--output",
                        "target/cdk.out",
                        "--outputs-file",
                        outputs.toString()));
        try {
            return new WarehouseSample(
                    endpoint,
                    Json.documents().readTree(Files.readString(outputs)).path(STACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void destroy() {
        command(endpoint, FOLDER, List.of(CDK.toString(), "destroy", "--force", "--app", "target/cdk.out"));
    }

    String output(String name) {
        assertThat(outputs.path(name).isTextual()).as(name + " of " + outputs).isTrue();
        return outputs.path(name).textValue();
    }

    /** The JSON output of {@code fanin} for the warehouse. */
    JsonNode fanin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json", "--stack", output("PipelineStack")));
        Script.Ended ended = Script.end("fanin", all, Map.of("AWS_ENDPOINT_URL", endpoint.toString()), LIMIT);
        assertThat(ended.code()).as(ended.printed()).isZero();
        return Json.read(ended.printed(), JsonNode.class, "the answer");
    }

    private static void command(URI endpoint, Path folder, List<String> command) {
        Script.Ended ended = Script.end(command, folder, environment(endpoint), LIMIT);
        assertThat(ended.code()).as(command + ": " + ended.printed()).isZero();
    }

    private static Map<String, String> environment(URI endpoint) {
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_ENDPOINT_URL_S3",
                endpoint.toString(),
                "AWS_ACCESS_KEY_ID",
                EmulatorClients.KEY,
                "AWS_SECRET_ACCESS_KEY",
                EmulatorClients.KEY,
                "AWS_REGION",
                EmulatorClients.REGION.id(),
                "AWS_DEFAULT_REGION",
                EmulatorClients.REGION.id(),
                "CDK_DISABLE_CLI_TELEMETRY",
                "true",
                "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION",
                "20",
                "PATH",
                java + File.pathSeparator + System.getenv("PATH"));
    }
}
