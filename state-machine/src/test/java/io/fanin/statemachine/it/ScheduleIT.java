package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * What a schedule starts the machine with. A schedule fires every minute at best, so a rule that an event fires at once
 * gets the target of the deployed one.
 */
@ExtendWith(Platform.class)
class ScheduleIT {

    private static final String BUCKET = "fanin-it-scheduled";
    private static final String KEY = "specs/team=a,b/flights+(new).json";

    /** With all that CloudFormation and EventBridge could take for something of theirs. */
    static final String SPEC = "s3://" + BUCKET + "/" + KEY;

    private static final String CONTENT = """
            {"database": "it_scheduled", "table": "flights", "location": "s3://fanin-it-scheduled/flights/",\
             "format": "json", "columns": [{"name": "delays", "type": "map<string,array<struct<minutes:int>>>"}],\
             "partitionKeys": [{"name": "year", "type": "int"}, {"name": "month", "type": "string"}],\
             "layout": "${year}/${month}"}""";

    private static final String RULE = "fanin-it-event";
    private static final String SOURCE = "fanin.it";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pipeline pipeline;
    private final EventBridgeClient events;

    ScheduleIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.events = pipeline.clients().events();
    }

    @BeforeEach
    void aRuleThatAnEventFires() {
        pipeline.clients().s3().createBucket(request -> request.bucket(BUCKET));
        pipeline.clients().s3().putObject(request -> request.bucket(BUCKET).key(KEY), RequestBody.fromString(CONTENT));
        events.putRule(rule -> rule.name(RULE).eventPattern("{\"source\": [\"" + SOURCE + "\"]}"));
        events.putTargets(rule -> rule.rule(RULE).targets(deployedTarget()));
    }

    @AfterEach
    void removeTheRule() {
        events.removeTargets(rule -> rule.rule(RULE).ids(deployedTarget().id()));
        events.deleteRule(rule -> rule.name(RULE));
    }

    @Test
    void theSpecIsReadFromWhereTheStackSays() {
        String id = fire();

        String execution = startedBy(id);

        JsonNode input = pipeline.executions().input(execution);
        assertThat(input.path("spec").textValue()).isEqualTo(SPEC);
        assertThat(Instant.parse(input.path("time").asText()))
                .isBetween(Instant.now().minus(LIMIT), Instant.now());
        Finished run = pipeline.executions().await(execution);
        assertThat(run.succeeded()).as(run.toString()).isTrue();
    }

    private Target deployedTarget() {
        String arn = pipeline.stack().stateMachineArn();
        String scheduled = events.listRuleNamesByTarget(request -> request.targetArn(arn)).ruleNames().stream()
                .filter(name -> !name.equals(RULE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule starts " + arn));
        return events.listTargetsByRule(request -> request.rule(scheduled))
                .targets()
                .getFirst();
    }

    private String fire() {
        PutEventsRequestEntry event = PutEventsRequestEntry.builder()
                .source(SOURCE)
                .detailType("tick")
                .detail("{}")
                .build();
        return events.putEvents(request -> request.entries(event))
                .entries()
                .getFirst()
                .eventId();
    }

    private String startedBy(String eventId) {
        Instant deadline = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(deadline)) {
            Optional<String> found = pipeline.executions().newest().stream()
                    .filter(arn ->
                            pipeline.executions().input(arn).path("id").asText().equals(eventId))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new AssertionError("the event " + eventId + " has started no execution within " + LIMIT);
    }
}
