package io.fanin.warehouse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** Adds the schedules of the pipeline for the warehouse's tables, and the events of their objects. */
final class PipelineRuns {

    private final Construct scope;
    private final String database;
    private final PipelineArns arns;
    private final IStateMachine oneTable;

    PipelineRuns(Construct scope, String database, PipelineArns arns) {
        this.scope = scope;
        this.database = database;
        this.arns = arns;
        this.oneTable = StateMachine.fromStateMachineArn(scope, "TableStateMachine", arns.table());
    }

    /** Adds one schedule for all tables except those with a schedule of their own. */
    void ofAllTables(Schedule schedule) {
        Map<String, Object> input = input();
        input.put("databases", List.of(database));
        IStateMachine machine = StateMachine.fromStateMachineArn(scope, "AllTablesStateMachine", arns.allTables());
        rule(scope, "Schedule", "Brings the tables of " + database + " up to date.", schedule, machine, input);
    }

    void ofTable(Construct parent, String table, Schedule schedule) {
        Map<String, Object> input = input();
        input.put("database", database);
        input.put("table", table);
        rule(parent, "Schedule", "Brings " + database + "." + table + " up to date.", schedule, oneTable, input);
    }

    /**
     * Sends the events of all tables to one queue, through EventBridge, as the bucket has to exist before the pipeline.
     */
    void sendEventsOf(Bucket bucket) {
        CfnBucket raw = (CfnBucket) bucket.getNode().getDefaultChild();
        raw.addPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("bucket", Map.of("name", List.of(bucket.getBucketName())));
        IQueue queue = Queue.fromQueueArn(scope, "ObjectEventsQueue", arns.queue());
        Rule.Builder.create(scope, "ObjectEvents")
                .description("Tells the pipeline of the objects of " + database + ".")
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.s3"))
                        .detailType(List.of("Object Created", "Object Deleted"))
                        .detail(detail)
                        .build())
                .targets(List.of(new SqsQueue(queue)))
                .build();
    }

    private static Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("id", EventField.getEventId());
        input.put("time", EventField.getTime());
        return input;
    }

    private static void rule(
            Construct parent,
            String id,
            String description,
            Schedule schedule,
            IStateMachine machine,
            Map<String, Object> input) {
        Rule.Builder.create(parent, id)
                .description(description)
                .schedule(schedule)
                .targets(List.of(SfnStateMachine.Builder.create(machine)
                        .input(RuleTargetInput.fromObject(input))
                        .build()))
                .build();
    }
}
