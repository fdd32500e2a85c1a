package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

@ExtendWith(NeedsNode.class)
class PipelineTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");

    @TempDir
    private Path folder;

    @Test
    void pipelineComesAlongAsANestedStack() throws IOException {
        Template template = Synthesised.withContext(
                        Map.of(ServerlessDataWarehouse.TEMPLATE, packaged()), builder -> builder)
                .template();
        Map<String, Object> bucket = Map.of("Ref", Match.stringLikeRegexp("analyticsdwDataBucket.*"));
        template.hasResourceProperties(
                "AWS::CloudFormation::Stack",
                Match.objectLike(Map.of(
                        "Parameters",
                        Map.of(
                                "DataBuckets",
                                bucket,
                                "TargetBuckets",
                                bucket,
                                "Databases",
                                "analytics_dw",
                                "RawDatabases",
                                "analytics_dw"))));
        assertThat(template.toJSON().toString()).contains("Outputs.AllTablesStateMachineArn");
    }

    @Test
    void pipelineHasTheParametersThatItIsGiven() throws IOException {
        Pipeline pipeline = Pipeline.packaged(packaged(), Map.of("ProcessorMemory", "3008"));
        Synthesised.of(builder -> builder.pipeline(pipeline))
                .template()
                .hasResourceProperties(
                        "AWS::CloudFormation::Stack",
                        Match.objectLike(Map.of("Parameters", Match.objectLike(Map.of("ProcessorMemory", "3008")))));
    }

    @Test
    void parameterOfTheWarehouseIsRefused() throws IOException {
        Pipeline pipeline = Pipeline.packaged(packaged(), Map.of("Databases", "*"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.of(builder -> builder.pipeline(pipeline)))
                .withMessage("the warehouse sets the pipeline's parameter Databases: leave it out");
    }

    @Test
    void parameterThatTheTemplateLacksIsRefused() throws IOException {
        String template = packaged();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.packaged(template, Map.of("ProcessorMemorie", "3008")))
                .withMessageContaining("packaged.yaml has no parameter ProcessorMemorie: ");
        assertThatIllegalArgumentException()
                .as("a word that stands elsewhere in the template")
                .isThrownBy(() -> Pipeline.packaged(template, Map.of("MemorySize", "3008")))
                .withMessageContaining("packaged.yaml has no parameter MemorySize: ")
                .withMessageContaining("ProcessorMemory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Parameters:\n\n  One:\n    Type: String\n\n  Two:\n    Type: String\nResources: {}\n",
                "# first\r\nParameters:\r\n    # deeper\r\n  One:\r\n    Type: String\r\n# left\r\n  Two:\r\n    Type: String\r\n",
                "Resources: {}\n\"Parameters\":\n    \"One\":\n        Type: String\n    \"Two\":\n        Type: String\n"
            })
    void parametersAreFoundHoweverTheTemplateIsWritten(String template) throws IOException {
        String file = Files.writeString(folder.resolve("other.yaml"), template).toString();

        Pipeline.packaged(file, Map.of("One", "1", "Two", "2"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.packaged(file, Map.of("Type", "String")))
                .withMessageContaining("has no parameter Type");
    }

    /** EventBridge's connections have shorter names than state machines. */
    @ParameterizedTest
    @CsvSource({
        "50, ProcessorMemory, 3008, 76, 16",
        "30, WebhookUrl, https://example.com/, 56, 16",
        "30, OpenLineageUrl, https://example.com/, 52, 20"
    })
    void stackWithALongNameIsRefused(int length, String parameter, String value, int longest, int tooMany)
            throws IOException {
        Stack stack = new Stack(new App(), "s".repeat(length));
        ServerlessDataWarehouse.Builder builder = ServerlessDataWarehouse.Builder.create(stack, "analytics_dw")
                .pipeline(Pipeline.packaged(packaged(), Map.of(parameter, value)));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining(
                        "of the pipeline longer than " + longest + " characters: shorten it by " + tooMany);
    }

    /** The scripts refuse the same stack names. */
    @Test
    void longestNamesAreThoseOfTheScripts() throws IOException {
        assertThat(Files.readString(Path.of("../scripts/lib/devtools/stack.py")))
                .contains("LONGEST_NAME = 76\n", "LONGEST_NAME_WITH = {\"WebhookUrl\": 56, \"OpenLineageUrl\": 52}\n");
    }

    @Test
    void templateThatIsNotPackagedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.packaged(TEMPLATE.toString()))
                .withMessageContaining(
                        "names the local file detector/target/detector.zip: give what 'aws cloudformation"
                                + " package");
    }

    @Test
    void templateThatIsNotThereIsRefused() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Pipeline.packaged("nowhere.yaml"))
                .withMessageContaining("the pipeline's packaged template cannot be read: nowhere.yaml");
    }

    @Test
    void warehouseWithoutAPipelineIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.withContext(Map.of(), builder -> builder))
                .withMessageContaining("the warehouse needs a pipeline: give pipeline(Pipeline.packaged(file))");
    }

    @Test
    void arnOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.deployed("fanin", "fanin-all", "fanin-events"))
                .withMessageContaining("'fanin' is not what the pipeline's stack has as its output StateMachineArn");
    }

    /** The project's template as it is once the functions are uploaded. */
    private String packaged() throws IOException {
        Path file = folder.resolve("packaged.yaml");
        String template = Files.readString(TEMPLATE)
                .replaceAll("(?m)^(\\s+(?:CodeUri|DefinitionUri): )(\\S+)$", "$1s3://artifacts/code/$2");
        Files.writeString(file, template);
        return file.toString();
    }
}
