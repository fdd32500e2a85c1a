package io.fanin.sample.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fanin.warehouse.ServerlessDataWarehouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.services.lambda.Code;

/** What the sample is deployed as; {@code -Dfanin.docs=write} puts it beside the sample. */
class ClickstreamStackTest {

    private static final Path COMMITTED = Path.of("template.json");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needNode() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "node"))),
                "NOT TESTED: the CDK needs Node.js (20 or later), and there is no 'node'");
    }

    /** Hashes of assets aside, which are those of the job's code and the pipeline's template. */
    @Test
    void templateIsTheOneThatIsCommitted() throws IOException {
        String template = synthesised("first").replaceAll("\\b[0-9a-f]{64}\\b", "HASH") + "\n";
        if (System.getProperty("fanin.docs", "").equals("write")) {
            Files.writeString(COMMITTED, template);
        }
        assertThat(template).isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void templateIsTheSameEachTimeItIsSynthesised() throws IOException {
        assertThat(synthesised("first")).isEqualTo(synthesised("second"));
    }

    private String synthesised(String name) throws IOException {
        Path pipeline = Files.writeString(folder.resolve("packaged.yaml"), "Resources: {}\n");
        App app = new App(AppProps.builder()
                .outdir(folder.resolve(name).toString())
                .context(Map.of(ServerlessDataWarehouse.TEMPLATE, pipeline.toString()))
                .analyticsReporting(false)
                .build());
        Code job = Code.fromAsset("src/main/java");
        ClickstreamStack stack = new ClickstreamStack(app, "clickstream", job);
        return Files.readString(
                Path.of(app.synth().getStackByName(stack.getStackName()).getTemplateFullPath()));
    }
}
