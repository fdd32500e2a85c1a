package io.fanin.statemachine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Starts executions and waits for their end. */
record TestExecutions(SfnClient sfn, String stateMachineArn) {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int NEWEST = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    Finished run(JsonNode input) {
        return await(start(input));
    }

    /** The ARNs of the newest executions. */
    List<String> newest() {
        return sfn
                .listExecutions(
                        request -> request.stateMachineArn(stateMachineArn).maxResults(NEWEST))
                .executions()
                .stream()
                .map(ExecutionListItem::executionArn)
                .toList();
    }

    JsonNode input(String executionArn) {
        return json(sfn.describeExecution(request -> request.executionArn(executionArn))
                .input());
    }

    String arn(Finished execution) {
        return stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + execution.name();
    }

    /** The name of the state in which an execution has succeeded. */
    String lastState(Finished execution) {
        return sfn.getExecutionHistoryPaginator(request -> request.executionArn(arn(execution))).events().stream()
                .filter(event -> event.type() == HistoryEventType.SUCCEED_STATE_ENTERED)
                .map(event -> event.stateEnteredEventDetails().name())
                .findFirst()
                .orElseThrow(() -> new AssertionError(execution + " has not succeeded"));
    }

    void stop(String executionArn) {
        sfn.stopExecution(request -> request.executionArn(executionArn));
        await(executionArn);
    }

    /** The ARN of an execution that has begun. */
    String start(JsonNode input) {
        return sfn.startExecution(
                        request -> request.stateMachineArn(stateMachineArn).input(input.toString()))
                .executionArn();
    }

    /** The end of an execution of this name. */
    Finished run(String name, JsonNode input) {
        return await(sfn.startExecution(request ->
                        request.stateMachineArn(stateMachineArn).name(name).input(input.toString()))
                .executionArn());
    }

    Finished await(String executionArn) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            DescribeExecutionResponse execution = sfn.describeExecution(request -> request.executionArn(executionArn));
            if (execution.status() != ExecutionStatus.RUNNING) {
                return finished(execution);
            }
            sleep();
        }
        throw new AssertionError(executionArn + " is still running after " + LIMIT);
    }

    private static Finished finished(DescribeExecutionResponse execution) {
        return new Finished(
                execution.name(),
                execution.status(),
                json(execution.output()),
                Optional.ofNullable(execution.error()).orElse(""),
                json(execution.cause()).path("errorMessage").asText(String.valueOf(execution.cause())));
    }

    private static JsonNode json(String text) {
        try {
            return text == null
                    ? Json.documents().missingNode()
                    : Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            return Json.documents().missingNode();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an execution was running", e);
        }
    }
}
