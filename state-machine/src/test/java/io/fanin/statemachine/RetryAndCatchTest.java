package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogUnavailableException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.SfnException;

class RetryAndCatchTest {

    private static final String THROTTLED = "Lambda.TooManyRequestsException";
    private static final Set<String> TRANSIENT = Set.of(
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException");

    /** Lambda's errors before any code has run: throttling, or a version that is not ready yet. */
    private static final Set<String> NEVER_RUN = Set.of(
            THROTTLED,
            "Lambda.SnapStartNotReadyException",
            "Lambda.SnapStartException",
            "Lambda.SnapStartTimeoutException",
            "Lambda.CodeArtifactUserPendingException",
            "Lambda.ResourceNotReadyException");

    /** Errors of a process that ended before it had answered. */
    private static final Set<String> DIED = Set.of("Runtime.ExitError", "Sandbox.Timedout", "Lambda.Unknown");

    private static final String GATE = "Hold until redriven";
    private static final String JOB = "Run Glue job";

    private final List<Workflow> workflows =
            Definition.committed().workflow().all().toList();

    @Test
    void theseAreTheTasks() {
        Set<String> tasks = new TreeSet<>();
        workflows.forEach(workflow -> tasks.addAll(workflow.ofType("Task").keySet()));

        assertThat(tasks)
                .containsExactly(
                        "Check processing",
                        "Create table",
                        "Detect new partitions",
                        GATE,
                        "Prepare Glue job",
                        "Process partition",
                        JOB,
                        "Validate what the job wrote");
    }

    static List<String> functionsThatMayRunTwice() {
        return List.of(
                "Detect new partitions",
                "Check processing",
                "Process partition",
                "Prepare Glue job",
                "Validate what the job wrote",
                "Create table");
    }

    @ParameterizedTest
    @MethodSource("functionsThatMayRunTwice")
    void whatIsTransientInLambdaIsTriedAgain(String task) {
        assertThat(retried(state(task))).containsAll(TRANSIENT);
    }

    static List<String> functions() {
        return Stream.concat(functionsThatMayRunTwice().stream(), Stream.of(GATE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsThatLambdaHasNotRunAreWaitedFor(String task) {
        assertThat(retried(state(task))).containsAll(NEVER_RUN);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void throttlingIsWaitedForLong(String task) {
        assertThat(retrier(state(task), THROTTLED).path("MaxAttempts").intValue())
                .isEqualTo(20);
    }

    /** The Amazon States Language has no way to define it once. */
    @Test
    void whatIsRetriedIsRetriedAlikeByAllFunctions() {
        Map<String, JsonNode> retriers = new HashMap<>();
        functions()
                .forEach(task -> retried(state(task)).forEach(error -> {
                    ObjectNode how = retrier(state(task), error).deepCopy();
                    how.remove("ErrorEquals");
                    assertThat(how)
                            .as("%s of '%s'", error, task)
                            .isEqualTo(retriers.computeIfAbsent(error, first -> how));
                }));
    }

    @ParameterizedTest
    @MethodSource("functionsThatMayRunTwice")
    void servicesThatDoNotAnswerAreAskedAgain(String task) {
        assertThat(retried(state(task)))
                .contains(
                        SdkClientException.class.getName(),
                        ApiCallTimeoutException.class.getName(),
                        S3Exception.class.getName());
    }

    /** An answer that is truncated or has no body, after the SDK's own retries. */
    @ParameterizedTest
    @MethodSource("functionsThatMayRunTwice")
    void answersThatAreNotWholeAreAskedForAgain(String task) {
        assertThat(retried(state(task)))
                .contains(RetryableException.class.getName(), UncheckedIOException.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Detect new partitions", "Check processing", "Create table"})
    void aCatalogThatDoesNotAnswerIsAskedAgain(String task) {
        assertThat(retried(state(task))).contains(CatalogUnavailableException.class.getName());
    }

    /** The lease's holder may have to be looked up. */
    @ParameterizedTest
    @ValueSource(strings = {"Detect new partitions", "Create table"})
    void stepFunctionsThatDoesNotAnswerIsAskedAgain(String task) {
        assertThat(retried(state(task)))
                .contains(SfnException.class.getName(), ApiCallAttemptTimeoutException.class.getName());
    }

    /**
     * Its work may be repeated. The processors' batches are given up instead: one of them may be the cause of the
     * crash.
     */
    @Test
    void createTableIsTriedAgainWhereItsProcessDied() {
        assertThat(retried(state("Create table"))).containsAll(DIED);
    }

    /** After any other error, the gate may already have let the redriven run through, and would do so again. */
    @Test
    void theGateIsRetriedOnlyIfItNeverRan() {
        assertThat(retried(state(GATE))).containsExactlyInAnyOrderElementsOf(NEVER_RUN);
    }

    /** A caught failure would let the execution succeed, and only a failed one can be redriven. */
    @Test
    void theGateCatchesNothing() {
        assertThat(state(GATE).has("Catch")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Detect new partitions", "Check processing", "Create table"})
    void outsideTheMapNothingIsCaught(String task) {
        assertThat(state(task).has("Catch")).isFalse();
    }

    @Test
    void aFailedBatchIsRecordedAndTheMapContinues() {
        JsonNode caught = state("Process partition").get("Catch");

        assertThat(caught).hasSize(1);
        assertThat(caught.get(0).get("ErrorEquals"))
                .extracting(JsonNode::textValue)
                .containsExactly("States.ALL");
        assertThat(caught.get(0).get("Next").textValue()).isEqualTo("Known error?");
        assertThat(caught.get(0).get("ResultPath").textValue())
                .as("the batch's id has to survive")
                .isEqualTo("$.error");
    }

    /** The processor is the same, and a batch without an answer is handled in the same way. */
    @ParameterizedTest
    @ValueSource(strings = {"Prepare Glue job", "Validate what the job wrote"})
    void theProcessorIsCalledAlikeInBothMaps(String task) {
        for (String field : List.of("Resource", "TimeoutSeconds", "Retry")) {
            assertThat(state(task).get(field))
                    .as(field)
                    .isEqualTo(state("Process partition").get(field));
        }
        JsonNode caught = ((ObjectNode) state(task).at("/Catch/0").deepCopy()).put("Next", "Known error?");
        assertThat(caught).isEqualTo(state("Process partition").at("/Catch/0"));
        assertThat(state(task).get("Catch")).hasSize(1);
        JsonNode rules = state(state(task).at("/Catch/0/Next").textValue()).get("Choices");
        JsonNode those = state("Known error?").get("Choices");
        assertThat(rules).hasSameSizeAs(those);
        for (int i = 0; i < rules.size(); i++) {
            assertThat(rules.get(i).get("StringMatches")).isEqualTo(those.get(i).get("StringMatches"));
            assertThat(state(rules.get(i).get("Next").textValue()))
                    .isEqualTo(state(those.get(i).get("Next").textValue()));
        }
    }

    @Test
    void aJobWithoutCapacityIsRetriedForLong() {
        JsonNode wait = state(JOB).get("Retry").get(0);

        assertThat(wait.get("ErrorEquals"))
                .extracting(JsonNode::textValue)
                .containsExactly("Glue.ConcurrentRunsExceededException", "Glue.ResourceNumberLimitExceededException");
        assertThat(wait.get("MaxAttempts").intValue()
                        * wait.get("MaxDelaySeconds").intValue()
                        / 2)
                .as("seconds of waiting, with jitter")
                .isGreaterThan(8 * 3600);
    }

    /** The work of a failed job may be expensive to repeat: the operator decides about that, by a redrive. */
    @Test
    void aFailedJobRunIsNotRetried() {
        assertThat(retried(state(JOB)))
                .allMatch(error -> error.startsWith("Glue."))
                .contains("Glue.ThrottlingException", "Glue.InternalServiceException", "Glue.AWSGlueException");
    }

    @Test
    void theValidationIsToldHoweverTheJobEnded() {
        JsonNode job = state(JOB);

        assertThat(job.get("Resource").textValue()).endsWith(":states:::glue:startJobRun.sync");
        assertThat(job.get("Catch")).hasSize(1);
        assertThat(job.at("/Catch/0/ErrorEquals"))
                .extracting(JsonNode::textValue)
                .containsExactly("States.ALL");
        assertThat(job.at("/Catch/0/Next")).isEqualTo(job.get("Next"));
        assertThat(job.at("/Catch/0/ResultPath")).isEqualTo(job.get("ResultPath"));
        assertThat(job.at("/ResultPath").textValue()).isEqualTo("$.glue.outcome");
    }

    @Test
    void everyTaskHasATimeoutBeyondLambdasOwn() {
        workflows.forEach(workflow -> assertThat(workflow.ofType("Task"))
                .allSatisfy((task, definition) -> assertThat(
                                definition.path("TimeoutSeconds").intValue())
                        .as(task)
                        .isGreaterThan(900)));
    }

    private JsonNode state(String name) {
        return workflows.stream()
                .filter(workflow -> workflow.states().containsKey(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no state " + name))
                .state(name);
    }

    private static JsonNode retrier(JsonNode task, String error) {
        return StreamSupport.stream(task.path("Retry").spliterator(), false)
                .filter(retry -> StreamSupport.stream(retry.get("ErrorEquals").spliterator(), false)
                        .anyMatch(name -> name.textValue().equals(error)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(error + " is not retried"));
    }

    private static List<String> retried(JsonNode task) {
        return StreamSupport.stream(task.path("Retry").spliterator(), false)
                .flatMap(retry -> StreamSupport.stream(retry.get("ErrorEquals").spliterator(), false))
                .map(JsonNode::textValue)
                .toList();
    }
}
