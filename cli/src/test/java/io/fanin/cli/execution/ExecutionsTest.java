package io.fanin.cli.execution;

import static io.fanin.cli.FakeStepFunctions.arn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.entered;
import static io.fanin.cli.FakeStepFunctions.exited;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.FakeStepFunctions;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.ExecutionHistory.Step;
import io.fanin.cli.execution.Moment.MapProgress;
import io.fanin.core.answer.GateAnswer;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.SfnException;

class ExecutionsTest {

    private static final String NAME = "flights-1";
    private static final Hints HINTS = new Hints("fanin", "", List.of("--stack", "lake-2"));

    private final FakeStepFunctions aws = new FakeStepFunctions();
    private final List<Duration> waits = new ArrayList<>();
    private final Executions executions =
            new Executions(aws, FakeStepFunctions.MACHINE, Duration.ofMillis(1), waits::add, HINTS);

    @Test
    void executionIsNamedByItsNameOrItsArn() {
        assertThat(executions.arn(NAME)).isEqualTo(arn(NAME));
        assertThat(executions.arn(arn(NAME))).isEqualTo(arn(NAME));
    }

    @Test
    void unknownExecutionIsToBeLookedForInTheSameStack() {
        assertThatThrownBy(() -> executions.describe(NAME))
                .hasMessage("there is no execution " + arn(NAME))
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailedException.class))
                .extracting(failure -> failure.hint().orElseThrow())
                .asString()
                .isEqualTo("fanin runs DATABASE.TABLE --stack lake-2 lists those of a table,"
                        + " fanin runs --all --stack lake-2 those of all tables, which are named with --all;"
                        + " fanin status --stack lake-2 names the one to redrive");
    }

    @Test
    void redriveWaitsUntilItCanBeSeen() {
        aws.put(described(NAME, "FAILED").redriveCount(0).build());
        List<Duration> seen = new ArrayList<>();
        Executions slow = new Executions(
                aws,
                FakeStepFunctions.MACHINE,
                Duration.ZERO,
                wait -> {
                    seen.add(wait);
                    aws.put(described(NAME, "RUNNING").redriveCount(1).build());
                },
                HINTS);

        assertThat(slow.redrive(arn(NAME))).isTrue();
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"InternalFailure, 501", "UnknownOperationException, 404", "NotImplemented, 501"})
    void redriveSaysWhereTheEndpointHasNone(String code, int status) {
        aws.put(running(NAME)).refuse("RedriveExecution", code, "none", status);

        assertThat(executions.redrive(arn(NAME))).isFalse();
    }

    /** The redrive may have begun nevertheless, and a new execution would repeat its work. */
    @Test
    void failureOfStepFunctionsIsNotTakenForAnEndpointWithoutRedrives() {
        aws.put(running(NAME)).refuse("RedriveExecution", "InternalFailure", "try again", 500);

        assertThatThrownBy(() -> executions.redrive(arn(NAME)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("try again");
    }

    @Test
    void refusedRedriveIsAnErrorWithItsReason() {
        aws.put(running(NAME)).refuse("RedriveExecution", "ExecutionNotRedrivable", "it has SUCCEEDED", 400);

        assertThatThrownBy(() -> executions.redrive(arn(NAME)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("it has SUCCEEDED");
    }

    @Test
    void unknownExecutionIsNamed() {
        assertThatThrownBy(() -> executions.redrive(arn(NAME)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageMatching("there is no execution .*:flights-1");
    }

    @ParameterizedTest
    @CsvSource({"partition-fan-in-all", "other"})
    void executionOfAnotherStateMachineIsRefused(String machine) {
        String other =
                FakeStepFunctions.MACHINE.replaceFirst(":stateMachine:.*", ":execution:") + machine + ":flights-1";
        aws.put(running(NAME).toBuilder().executionArn(other).build());

        assertThatThrownBy(() -> executions.describe(other))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(other + " is not an execution of " + FakeStepFunctions.MACHINE);
    }

    /** AWS recognizes a repeated start only while the execution is running. */
    @Test
    void startWhoseAnswerWasLostIsTheExecutionThatHasEndedSince() {
        aws.put(described(NAME, "SUCCEEDED").input("{\"table\": \"flights\"}").build());
        aws.refuse(
                "StartExecution",
                ExecutionAlreadyExistsException.builder()
                        .message("Execution Already Exists")
                        .build());

        assertThat(executions.start(NAME, Map.of("table", "flights"))).isEqualTo(arn(NAME));
        assertThatThrownBy(() -> executions.start(NAME, Map.of("table", "delays")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the execution flights-1 was not started: Execution Already Exists");
    }

    /** The execution may continue for hours, whatever happens to the network. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void followGoesOnWhereAnAnswerIsMissing(boolean isNetwork) {
        aws.put(succeeded(NAME, Map.of()));
        AtomicInteger looks = new AtomicInteger();
        aws.onDescribe(any -> {
            if (looks.incrementAndGet() < 20) {
                throw isNetwork
                        ? SdkClientException.create("no", new UnknownHostException("states"))
                        : SfnException.builder()
                                .statusCode(503)
                                .message("not now")
                                .build();
            }
        });

        assertThat(executions.watch().follow(arn(NAME), moment -> {}).isOver()).isTrue();
        assertThat(waits).hasSizeGreaterThan(10);
    }

    /** Each round requests all executions. */
    @Test
    void waitForManyGoesOnWhereAnAnswerIsMissing() {
        Set<String> many =
                IntStream.range(0, 150).mapToObj(i -> arn("flights-" + i)).collect(Collectors.toSet());
        many.forEach(arn -> aws.put(succeeded(Executions.name(arn), Map.of())));
        aws.onDescribe(any -> {
            if (waits.size() < 20) {
                throw SdkClientException.create("no", new UnknownHostException("states"));
            }
        });

        assertThat(executions.watch().ended(many)).isEqualTo(many);
    }

    @Test
    void followEndsWhereNothingAnswersForMinutes() {
        aws.put(succeeded(NAME, Map.of()));
        aws.onDescribe(any -> {
            throw SdkClientException.create("no", new UnknownHostException("states"));
        });

        assertThatThrownBy(() -> executions.watch().follow(arn(NAME), moment -> {}))
                .isInstanceOf(SdkClientException.class);
    }

    @Test
    void startedExecutionIsFollowedOnceItCanBeSeen() {
        List<Duration> seen = new ArrayList<>();
        Executions late = new Executions(
                aws,
                FakeStepFunctions.MACHINE,
                Duration.ZERO,
                wait -> {
                    seen.add(wait);
                    aws.put(succeeded(NAME, Map.of()));
                },
                HINTS);

        assertThat(late.watch().follow(arn(NAME), moment -> {}).isOver()).isTrue();
        assertThat(seen).hasSize(1);
    }

    @Test
    void executionIsShownWhoseHistoryCannotBeSeenYet() {
        aws.put(running(NAME))
                .refuse(
                        "GetExecutionHistory",
                        ExecutionDoesNotExistException.builder().build());

        assertThat(executions.watch().moment(arn(NAME)).history().steps()).isEmpty();
    }

    @Test
    void mapShowsHowManyBatchesOfTheManifestAreDone() {
        aws.put(
                        running(NAME),
                        exited(1, Map.of("next", "PROCESS", "partitions", 24, "batches", 24)),
                        entered(2, "Fan out over partitions", "Map"))
                .countsItems(MapRunItemCounts.builder()
                        .succeeded(5L)
                        .failed(1L)
                        .timedOut(0L)
                        .aborted(0L)
                        .total(10L)
                        .build());

        assertThat(executions.watch().moment(arn(NAME)).items()).contains(new MapProgress(6, 24));
    }

    @Test
    void endpointWithoutMapRunsOnlyLacksTheCount() {
        aws.put(running(NAME), entered(1, "Fan out over partitions", "Map"))
                .refuse("ListMapRuns", "InternalFailure", "none", 501);

        Moment moment = executions.watch().moment(arn(NAME));

        assertThat(moment.items()).isEmpty();
        assertThat(moment.isOver()).isFalse();
    }

    @Test
    void statesAndOutputsAreReadInTheOrderOfTheEvents() {
        ExecutionHistory history = ExecutionHistory.of(List.of(
                exited(4, Map.of("report", "s3://state/runs/1/report.json", "status", "PARTIAL")),
                entered(1, "Detect new partitions", "Task"),
                exited(2, Map.of("next", "PROCESS", "batches", 2, "skipped", 3)),
                entered(3, "Create table", "Task")));

        assertThat(history.steps()).extracting(Step::name).containsExactly("Detect new partitions", "Create table");
        assertThat(history.work().batches()).isEqualTo(2);
    }

    @Test
    void whatWasSkippedIsKeptThroughTheGate() {
        GateAnswer gate = new GateAnswer(new RunId("r"), 1, "a.b", NextStep.PROCESS, "runs/r/m.json", 1, 1, List.of());
        ExecutionHistory history =
                ExecutionHistory.of(List.of(exited(1, Map.of("next", "PROCESS", "skipped", 3)), exited(2, gate)));

        ObjectNode expected = Json.read(Json.text(gate), ObjectNode.class, "answer");
        expected.put("skipped", 3).put("waiting", 0).put("setAside", 0).put("missing", 0);
        assertThat(Json.read(Json.text(history.work()), ObjectNode.class, "work"))
                .isEqualTo(expected);
    }

    @Test
    void outputsThatAreNoObjectsArePassedOver() {
        assertThat(ExecutionHistory.of(List.of(exited(1, List.of(1)))).work().answer())
                .isEmpty();
    }
}
