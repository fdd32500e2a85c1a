package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The stack's alarms with their recipients, and its dashboard. */
class AlarmTest {

    private static final String OTHER = "arn:aws:sns:ap-southeast-1:123456789012:alarms";

    static final List<String> ALARMS = List.of(
            "DeadEventsAlarm",
            "OldEventsAlarm",
            "ObjectEventsErrorsAlarm",
            "ExecutionsAlarm",
            "ThrottledFunctionsAlarm",
            "FunctionErrorsAlarm",
            "RulesAlarm",
            "FreshnessAlarm");

    private final Template template = Template.committed();

    private JsonNode properties(String resource, Map<String, String> parameters) {
        return Rendering.of(template, StackParameters.leastAnd(parameters)).properties(resource);
    }

    @Test
    void alarmsAreTheseAlone() {
        assertThat(template.ofType("AWS::CloudWatch::Alarm")).containsOnlyKeys(ALARMS);
    }

    @ParameterizedTest
    @FieldSource("ALARMS")
    void alarmTellsItsOwnTopicElseThatOfNotices(String alarm) {
        assertThat(properties(alarm, Map.of("NotificationTopic", StackParameters.TOPIC, "AlarmTopic", OTHER))
                        .get("AlarmActions")
                        .toString())
                .isEqualTo("[\"" + OTHER + "\"]");
        assertThat(properties(alarm, Map.of("NotificationTopic", StackParameters.TOPIC))
                        .get("AlarmActions")
                        .toString())
                .isEqualTo("[\"" + StackParameters.TOPIC + "\"]");
        assertThat(properties(alarm, Map.of()).get("AlarmActions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ExecutionsAlarm, 4, 'ExecutionsFailed,ExecutionsTimedOut'",
        "ThrottledFunctionsAlarm, 4, Throttles",
        "FunctionErrorsAlarm, 2, Errors",
        "RulesAlarm, 1, FailedInvocations"
    })
    void alarmSumsUpWhatCanGoWrong(String alarm, int metrics, String names) {
        JsonNode properties = properties(alarm, Map.of());

        assertThat(properties.at("/Metrics/0/Expression").textValue()).isEqualTo("SUM(METRICS())");
        assertThat(properties.get("Metrics")).hasSize(1 + metrics);
        assertThat(properties.get("Metrics").findValuesAsText("MetricName")).containsOnly(names.split(","));
        assertThat(properties.get("TreatMissingData").textValue()).isEqualTo("notBreaching");
    }

    /** A notice has already informed more people, with more of the reason. */
    @ParameterizedTest
    @CsvSource({"NotificationTopic, arn:aws:sns:eu-west-1:123456789012:people", "WebhookUrl, https://example.com/"})
    void executionsAlarmLeavesOutHeldRunsThatNoticesHaveTold(String parameter, String value) {
        JsonNode metrics =
                properties("ExecutionsAlarm", Map.of(parameter, value)).get("Metrics");

        assertThat(metrics.at("/0/Expression").textValue()).isEqualTo("SUM([m0, m1, m2, m3, told])");
        assertThat(metrics.findValuesAsText("Id")).containsExactly("all", "m0", "m1", "m2", "m3", "told", "m4");
        assertThat(metrics.at("/5/Expression").textValue()).isEqualTo("m4 * -1");
        assertThat(metrics.at("/6/MetricStat/Metric").toString()).contains("PartitionFanIn", "HeldRuns", "Stack");
    }

    /** For a rule on another bus than the default one, CloudWatch's metrics also name the bus. */
    @ParameterizedTest
    @CsvSource({
        "ScheduleExpression, rate(1 hour), ScheduleRule",
        "EventsInterval, rate(1 hour), EventsRule",
        "WebhookUrl, https://example.com/, WebhookRule",
        "OpenLineageUrl, https://example.com/, OpenLineageRule"
    })
    void rulesAreThoseThatTheStackHas(String parameter, String value, String rule) {
        assertThat(rulesOf(properties("RulesAlarm", Map.of(parameter, value))))
                .containsExactlyInAnyOrder("EndedRule", rule);
        assertThat(template.properties("RulesAlarm").toString()).contains("EventBusName");
    }

    private static List<String> rulesOf(JsonNode alarm) {
        return alarm.get("Metrics").findValues("Dimensions").stream()
                .map(dimensions -> dimensions.at("/0/Value").textValue())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "tables, '', true",
        "'', ScheduleExpression, true",
        "'', EventsInterval, true",
    })
    void stackWithoutRulesHasNoAlarmAboutThem(String eventBus, String scheduledBy, boolean hasRules) {
        Map<String, String> parameters = StackParameters.leastAnd(Map.of("EventBus", eventBus));
        if (!scheduledBy.isEmpty()) {
            parameters.put(scheduledBy, "rate(1 hour)");
        }
        Rendering stack = Rendering.of(template, parameters);

        assertThat(stack.has("RulesAlarm")).isEqualTo(hasRules);
        assertThat(stack.properties("TablesDashboard").toString().contains(":alarm:RulesAlarm"))
                .isEqualTo(hasRules);
    }

    @Test
    void tablesThatNobodyLooksAtAreNotFresh() {
        JsonNode alarm = properties("FreshnessAlarm", Map.of("FreshnessMinutes", "180"));

        assertThat(alarm.get("TreatMissingData").textValue()).isEqualTo("breaching");
        assertThat(alarm.get("Threshold").asInt()).isEqualTo(180);
        assertThat(alarm.get("Period").asInt()).isEqualTo(3600);
        assertThat(alarm.get("MetricName").textValue()).isEqualTo("CompleteThroughLagMinutes");
        assertThat(template.json().at("/Resources/FreshnessAlarm/Condition").textValue())
                .isEqualTo("HasFreshnessAlarm");
    }

    @Test
    void dashboardIsJsonAndShowsFiguresThatAreWritten() throws JsonProcessingException {
        String body =
                properties("TablesDashboard", Map.of()).get("DashboardBody").textValue();
        String withoutRules = properties("TablesDashboard", Map.of("EventBus", ""))
                .get("DashboardBody")
                .textValue();
        Path metrics = Repository.ROOT.resolve("table-creator/src/main/java/io/fanin/tablecreator/metrics");
        String figures = Repository.text(metrics.resolve("TableMetrics.java"))
                + Repository.text(metrics.resolve("Figures.java"));

        assertThat(Json.input().readTree(body).get("widgets")).hasSize(9);
        assertThat(Json.input().readTree(withoutRules).get("widgets")).hasSize(8);
        assertThat(Pattern.compile("\"PartitionFanIn\", \"([A-Za-z]+)\"|MetricName=\\\\\"([A-Za-z]+)")
                        .matcher(body)
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1)))
                .hasSize(10)
                .allSatisfy(metric -> assertThat(figures).contains("\"" + metric + "\""));
    }
}
