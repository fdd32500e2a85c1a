package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The deployed system, with actions for tests. */
record Pipeline(Stack stack, EmulatorClients clients) {

    /** A table unique to one test, with no data in S3 and no entry in the catalog. */
    TestLake.Table newTable() {
        return new TestLake(clients.s3()).newTable();
    }

    TestExecutions executions() {
        return new TestExecutions(clients.sfn(), stack.stateMachineArn());
    }

    TestExecutions runsOfAllTables() {
        return new TestExecutions(clients.sfn(), stack.allTablesStateMachineArn());
    }

    ReadersCatalog catalog() {
        return new ReadersCatalog(clients.glue());
    }

    StateBucket state() {
        return new StateBucket(clients.s3(), stack.stateBucket());
    }

    /** Shortens the delay of S3's events to a second, since no test can wait for the template's window. */
    void gatherEventsForASecond() {
        LambdaClient lambda = clients.lambda();
        lambda.listEventSourceMappings(request -> request.eventSourceArn(stack.objectEventsQueueArn()))
                .eventSourceMappings()
                .forEach(mapping -> lambda.updateEventSourceMapping(
                        request -> request.uuid(mapping.uuid()).maximumBatchingWindowInSeconds(1)));
    }

    Finished run(JsonNode input) {
        return executions().run(input);
    }

    /** Processes failed partitions of another run again, in the way for engines without redrives. */
    Finished redriveOf(Finished run) {
        return run(Json.documents().createObjectNode().put("redriveOf", run.name()));
    }
}
