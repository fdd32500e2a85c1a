package io.fanin.statemachine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The deployed stack's outputs. */
record Stack(JsonNode outputs) {

    static final String NAME = "fanin-it";

    /**
     * The default address of the stack's webhook and OpenLineage backend, on which no server listens; tests replace it.
     */
    static final String NOBODY = "http://localhost:9/";

    /** The key with which run events are sent. */
    static final String LINEAGE_KEY = "it-0a1b2c3d";

    /** A schedule far in the future, so that it starts no run of all tests' tables. */
    static final String SCHEDULE = "cron(0 0 1 1 ? 2099)";

    static final String EVENTS_SCHEDULE = "cron(30 0 1 1 ? 2099)";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Deploys the template with the repository's script; does nothing if it is deployed already. */
    static Stack deploy(URI endpoint) {
        String printed = Script.run(
                "deploy",
                List.of(
                        "--stack-name",
                        NAME,
                        "--json",
                        "--parameter",
                        "DataBuckets=" + TestLake.DATA_BUCKETS,
                        "--parameter",
                        "TargetBuckets=" + TestLake.DATA_BUCKETS,
                        "--parameter",
                        "SpecBuckets=" + TestLake.SPEC_BUCKETS,
                        "--parameter",
                        "NotificationTopic=" + NotificationLog.TOPIC_ARN,
                        "--parameter",
                        "WebhookUrl=" + NOBODY,
                        "--parameter",
                        "OpenLineageUrl=" + NOBODY,
                        "--parameter",
                        "OpenLineageKey=" + LINEAGE_KEY,
                        "--parameter",
                        "SpecsLocation=" + TestLake.SPECS,
                        "--parameter",
                        "RawDatabases=it_raw_*",
                        "--parameter",
                        "ScheduleExpression=" + SCHEDULE,
                        "--parameter",
                        "EventsInterval=" + EVENTS_SCHEDULE,
                        "--parameter",
                        "GlueJobs=job*"),
                Map.of("AWS_ENDPOINT_URL", endpoint.toString()),
                LIMIT);
        try {
            return new Stack(Json.documents().readTree(printed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("scripts/deploy --json printed no JSON: " + printed, e);
        }
    }

    String stateMachineArn() {
        return output("StateMachineArn");
    }

    String allTablesStateMachineArn() {
        return output("AllTablesStateMachineArn");
    }

    String stateBucket() {
        return output("StateBucketName");
    }

    String detector() {
        return output("DetectorFunctionName");
    }

    String processor() {
        return output("ProcessorFunctionName");
    }

    String tableCreator() {
        return output("TableCreatorFunctionName");
    }

    String objectEventsQueueArn() {
        return output("ObjectEventsQueueArn");
    }

    String objectEventsQueueUrl() {
        return output("ObjectEventsQueueUrl");
    }

    String deadLetterQueueUrl() {
        return output("ObjectEventsDeadLetterQueueUrl");
    }

    private String output(String name) {
        if (!outputs.path(name).isTextual()) {
            throw new IllegalStateException("the stack has no output " + name + ": " + outputs);
        }
        return outputs.get(name).textValue();
    }
}
