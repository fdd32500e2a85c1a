package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The definition uses only features that AWS and the emulators share. */
class PortabilityTest {

    private static final Pattern CONTEXT = Pattern.compile("\\$\\$\\.[A-Za-z.]+");

    private final JsonNode definition = Definition.committed().json();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QueryLanguage",
                "Arguments",
                "Output",
                "Assign",
                "ResultWriter",
                "ItemBatcher",
                "ToleratedFailureCount",
                "ToleratedFailureCountPath",
                "ToleratedFailurePercentagePath"
            })
    void theEmulatorsLackThisField(String field) {
        assertThat(definition.findValues(field)).isEmpty();
    }

    @Test
    void noStringIsAJsonataExpression() {
        assertThat(texts()).noneMatch(text -> text.startsWith("{%"));
    }

    /**
     * {@code $$.Execution.RedriveCount} is a runtime error on engines without redrives, so the gate receives the whole
     * object. Create table receives fields that every engine has, without the input: its receipts leave no room for a
     * wide table's spec.
     */
    @Test
    void noOptionalPartOfTheExecutionIsNamed() {
        assertThat(texts().stream()
                        .flatMap(text -> CONTEXT.matcher(text).results())
                        .map(match -> match.group())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "$$.Execution",
                        "$$.Execution.Id",
                        "$$.Execution.Name",
                        "$$.Execution.StartTime",
                        "$$.Map.Item.Value");
    }

    @ParameterizedTest
    @CsvSource({"Fan out over partitions, Partitions", "Fan out over Glue jobs, Jobs"})
    void theMapsAreDistributedAndReadTheirItemsFromTheManifest(String name, String label) {
        JsonNode map = definition.at("/States/" + name);

        assertThat(map.at("/ItemProcessor/ProcessorConfig/Mode").textValue()).isEqualTo("DISTRIBUTED");
        assertThat(map.at("/ItemReader/Parameters/Key.$").textValue()).isEqualTo("$.manifest");
        assertThat(map.path("Label").textValue())
                .as("the label that the role names")
                .isEqualTo(label);
    }

    /**
     * AWS tolerates an uncaught failure of an item only with this setting, emulators always. Emulators accept a
     * percentage only with a fraction.
     */
    @Test
    void noFailedItemFailsItsMap() {
        assertThat(definition.findValuesAsText("ToleratedFailurePercentage")).containsExactly("100.0", "100.0");
        assertThat(Definition.ofAllTables().json().findValuesAsText("ToleratedFailurePercentage"))
                .containsExactly("100.0");
    }

    /** Express workflows do not support {@code .sync}. */
    @Test
    void iterationsAreStandardWorkflows() {
        assertThat(definition.findValuesAsText("ExecutionType")).containsExactly("STANDARD", "STANDARD");
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        collect(definition, texts);
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> collect(child, texts));
    }
}
