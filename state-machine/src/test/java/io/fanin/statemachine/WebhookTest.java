package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template's conversion of a notice for a webhook. */
class WebhookTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z]+)>");
    private static final String URL = "https://example.webhook.office.com/hook?sig=a%2Fb&sv=1.0";
    private static final String SLACK_URL = "https://hooks.slack.com/services/T0/B0/x";

    private final Template template = Template.committed();

    private Rendering rendering(Map<String, String> more) {
        return Rendering.of(template, StackParameters.leastAnd(more));
    }

    private JsonNode body(String url) throws JsonProcessingException {
        JsonNode transformer =
                rendering(Map.of("WebhookUrl", url)).properties("WebhookRule").at("/Targets/0/InputTransformer");
        String text = transformer.get("InputTemplate").textValue();
        assertThat(PLACEHOLDER
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .as("each text is shown")
                .containsExactlyInAnyOrderElementsOf(transformer.get("InputPathsMap").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
        return Json.input().readTree(PLACEHOLDER.matcher(text).replaceAll("\"<$1>\""));
    }

    @Test
    void teamsGetsACardThatReadsNoMarkdown() throws JsonProcessingException {
        JsonNode card = body(URL).at("/attachments/0/content");

        assertThat(card.get("type").textValue()).isEqualTo("AdaptiveCard");
        assertThat(card.get("body"))
                .hasSize(6)
                .allSatisfy(block -> assertThat(block.get("type").textValue()).isEqualTo("RichTextBlock"));
        assertThat(card.at("/actions/0/url").textValue()).isEqualTo("<console>");
    }

    @Test
    void slackGetsPlainText() throws JsonProcessingException {
        JsonNode message = body(SLACK_URL);

        assertThat(message.findValuesAsText("type")).doesNotContain("mrkdwn");
        assertThat(message.at("/blocks/0/text/text").textValue()).isEqualTo("<title>");
        assertThat(message.at("/blocks/6/elements/0/url").textValue()).isEqualTo("<console>");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.slack.com/services/T0/B0/x, true",
        "https://hooks.slack-gov.com/services/T0/B0/x, true",
        "https://default1a.environment.api.powerplatform.com:443/powerautomate/workflows/a?to=https://hooks.slack.com/, false",
        "http://localhost:9/, false"
    })
    void slackIsKnownByItsHost(String url, boolean isSlack) throws JsonProcessingException {
        assertThat(body(url).has("blocks")).isEqualTo(isSlack);
    }

    @Test
    void ruleTakesNoticesOfThisStackAlone() {
        Rendering rendering = rendering(Map.of("WebhookUrl", URL));
        JsonNode pattern = rendering.properties("WebhookRule").get("EventPattern");

        assertThat(pattern.get("detail-type").toString()).isEqualTo("[\"Notice\"]");
        assertThat(pattern.get("resources").findValuesAsText("prefix"))
                .as("executions of both state machines: a run of all tables tells which it leaves out")
                .satisfiesExactlyInAnyOrder(
                        prefix -> assertThat(prefix).endsWith(executionsOf(rendering, "StateMachine")),
                        prefix -> assertThat(prefix).endsWith(executionsOf(rendering, "AllTablesStateMachine")));
    }

    private static String executionsOf(Rendering rendering, String stateMachine) {
        return ":execution:" + rendering.properties(stateMachine).get("Name").textValue() + ":";
    }

    @Test
    void roleCallsTheWebhookAndNothingElse() {
        assertThat(template.properties("WebhookRole").at("/Policies/0/PolicyDocument/Statement"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.get("Action").textValue()).isEqualTo("events:InvokeApiDestination");
                    assertThat(statement.get("Resource").toString())
                            .isEqualTo("{\"Fn::GetAtt\":\"WebhookDestination.Arn\"}");
                });
    }

    @Test
    void urlIsASecretThatNothingShows() {
        assertThat(template.parameters().at("/WebhookUrl/NoEcho").booleanValue())
                .isTrue();
        assertThat(Repository.text(Repository.TEMPLATE).lines().filter(line -> line.contains("Ref WebhookUrl")))
                .as("asked whether it is there and whose it is, and handed to the destination")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WebhookConnection", "WebhookDestination", "WebhookRule", "WebhookRole"})
    void whereNoUrlIsNamedThereIsNothing(String resource) {
        assertThat(template.json().at("/Resources/" + resource + "/Condition").textValue())
                .isEqualTo("HasWebhook");
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "https://hooks.slack.com/services/T0/B0/x, true",
        "http://localhost:8080/hook, true",
        "http://127.0.0.1:1/, true",
        "http://example.com/, false",
        "http://localhost.example.com/, false",
        "ftp://localhost/, false",
        "'https://a b', false"
    })
    void urlIsOfHttps(String url, boolean allowed) {
        assertThat(url.matches(
                        template.parameters().at("/WebhookUrl/AllowedPattern").textValue()))
                .isEqualTo(allowed);
    }
}
