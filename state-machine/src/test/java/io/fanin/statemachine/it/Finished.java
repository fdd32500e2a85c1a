package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * An execution that has ended.
 *
 * @param output missing unless it succeeded
 * @param error empty unless it failed
 * @param message of the exception that failed it
 */
record Finished(String name, ExecutionStatus status, JsonNode output, String error, String message) {

    boolean succeeded() {
        return status == ExecutionStatus.SUCCEEDED;
    }

    int number(String field) {
        return output.path(field).asInt(-1);
    }

    String text(String field) {
        return output.path(field).asText();
    }
}
