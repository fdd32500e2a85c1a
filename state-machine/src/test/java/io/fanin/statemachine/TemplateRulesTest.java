package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that need others are refused without them, by a sentence that names both. */
class TemplateRulesTest {

    private static final Map<String, String> REQUIRED = Map.of("DataBuckets", "lake", "Databases", "analytics");

    private final Template template = Template.committed();

    /** The number is that of the violated assertions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                               |                      | 0",
                "ScheduleExpression=hourly                                      | ScheduledTables      | 1",
                "ScheduleExpression=hourly RawDatabases=raw                     |                      | 0",
                "ScheduleExpression=hourly SpecsLocation=s3://c/s/ SpecBuckets=c |                      | 0",
                "EventsInterval=rarely                                          | ScheduledEvents      | 1",
                "EventsInterval=rarely RawDatabases=raw                         |                      | 0",
                "EventsInterval=rarely SpecsLocation=s3://c/s/ SpecBuckets=c    |                      | 0",
                "SpecsLocation=s3://c/s/                                        | SpecsInSpecBuckets   | 1",
                "WebhookUrl=https://h.example.com/ EventBus=                    | WebhookByEventBus    | 1",
                "WebhookUrl=https://h.example.com/ EventBus=tables              |                      | 0",
                "OpenLineageUrl=https://h.example.com/ EventBus=                | OpenLineageByEventBus | 1",
                "OpenLineageUrl=https://h.example.com/ EventBus=tables          |                      | 0",
                "FreshnessMinutes=60 EventBus=                                  | FreshnessByListeners | 2",
                "FreshnessMinutes=60 EventBus=tables                            | FreshnessByListeners | 1",
                "FreshnessMinutes=60 EventBus= AlarmTopic=arn:a                 | FreshnessByListeners | 1",
                "FreshnessMinutes=60 EventBus=tables AlarmTopic=arn:a           |                      | 0",
                "FreshnessMinutes=60 EventBus= NotificationTopic=arn:n          |                      | 0",
                "FreshnessMinutes=60 EventBus=tables NotificationTopic=arn:n    |                      | 0",
            })
    void parametersThatNeedOthersAreRefusedWithoutThem(String given, String rule, int broken) {
        Map<String, String> parameters = new TreeMap<>(REQUIRED);
        if (given != null) {
            Arrays.stream(given.split(" ", -1))
                    .map(one -> one.split("=", 2))
                    .forEach(one -> parameters.put(one[0], one[1]));
        }

        var refusals = Rendering.of(template, parameters).refusals();

        assertThat(refusals.keySet()).isEqualTo(rule == null ? Set.of() : Set.of(rule));
        refusals.values()
                .forEach(said -> assertThat(said).hasSize(broken).allMatch(text -> text.contains(" needs "), "needs"));
    }

    @Test
    void everyRuleIsTried() {
        Set<String> rules = new TreeSet<>();
        template.json().path("Rules").fieldNames().forEachRemaining(rules::add);

        assertThat(rules)
                .containsExactly(
                        "FreshnessByListeners",
                        "OpenLineageByEventBus",
                        "ScheduledEvents",
                        "ScheduledTables",
                        "SpecsInSpecBuckets",
                        "WebhookByEventBus");
    }
}
