package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template's rule that sends run events to an OpenLineage backend. */
class OpenLineageRuleTest {

    private static final String URL = "https://lineage.example.com/api/v1/lineage";

    private final Template template = Template.committed();

    private Rendering rendering(Map<String, String> more) {
        return Rendering.of(template, StackParameters.leastAnd(more));
    }

    @Test
    void runEventsOfThisStackAreSentAsTheyAre() {
        JsonNode rule = rendering(Map.of("OpenLineageUrl", URL)).properties("OpenLineageRule");

        assertThat(rule.at("/EventPattern/detail-type").toString()).isEqualTo("[\"OpenLineage\"]");
        assertThat(rule.at("/EventPattern/resources/0/prefix").textValue())
                .endsWith(":execution:" + "s".repeat(80) + ":");
        assertThat(rule.at("/Targets/0/InputPath").textValue()).isEqualTo("$.detail");
    }

    @ParameterizedTest
    @CsvSource({"'', X-Sent-By, ssss", "secret-1, Authorization, Bearer secret-1"})
    void keyIsSentAsOpenLineagesClientsDo(String key, String header, String value) {
        JsonNode connection = rendering(Map.of("OpenLineageUrl", URL, "OpenLineageKey", key))
                .properties("OpenLineageConnection")
                .at("/AuthParameters/ApiKeyAuthParameters");

        assertThat(connection.get("ApiKeyName").textValue()).isEqualTo(header);
        assertThat(connection.get("ApiKeyValue").textValue()).startsWith(value);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", URL + ", true"})
    void tableCreatorSendsRunEventsIfSomebodyTakesThem(String url, String variable) {
        assertThat(rendering(Map.of("OpenLineageUrl", url))
                        .properties("TableCreatorFunction")
                        .at("/Environment/Variables/OPEN_LINEAGE")
                        .textValue())
                .isEqualTo(variable);
    }

    @Test
    void roleCallsTheBackendAndNothingElse() {
        assertThat(template.properties("OpenLineageRole").at("/Policies/0/PolicyDocument/Statement"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.get("Action").textValue()).isEqualTo("events:InvokeApiDestination");
                    assertThat(statement.get("Resource").toString())
                            .isEqualTo("{\"Fn::GetAtt\":\"OpenLineageDestination.Arn\"}");
                });
    }

    @Test
    void urlAndKeyAreSecretsThatNothingShows() {
        for (String name : List.of("OpenLineageUrl", "OpenLineageKey")) {
            assertThat(template.parameters().at("/" + name + "/NoEcho").booleanValue())
                    .isTrue();
        }
        assertThat(Repository.text(Repository.TEMPLATE)
                        .lines()
                        .filter(line -> line.contains("Ref OpenLineageUrl")
                                || line.contains("Ref OpenLineageKey")
                                || line.contains("${OpenLineageKey}")))
                .as("asked whether they are there, and handed to destination and connection")
                .hasSize(3 + 1 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenLineageConnection", "OpenLineageDestination", "OpenLineageRule", "OpenLineageRole"})
    void whereNoUrlIsNamedThereIsNothing(String resource) {
        assertThat(template.json().at("/Resources/" + resource + "/Condition").textValue())
                .isEqualTo("HasOpenLineage");
    }

    @Test
    void urlIsWhatTheWebhooksMayBe() {
        for (String limit : List.of("AllowedPattern", "MaxLength")) {
            assertThat(template.parameters().at("/OpenLineageUrl/" + limit))
                    .isEqualTo(template.parameters().at("/WebhookUrl/" + limit));
        }
    }
}
