package io.fanin.cli;

import io.fanin.core.answer.ExecutionError;
import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/** Step Functions in memory, whose executions end as the test specifies. */
public final class FakeStepFunctions implements SfnClient {

    public static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:partition-fan-in";
    /** The error of an execution that waits to be redriven. */
    public static final String HELD = ExecutionError.TABLE_PARTIAL.className();

    public static final Instant THEN = Instant.parse("2013-02-09T00:00:00Z");

    private static final String EXECUTION = MACHINE.replace("stateMachine", "execution") + ":";

    /** The names of the requested operations, in their order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    /** The inputs of the executions that were started. */
    public final List<String> inputs = new ArrayList<>();

    private static final int DEFAULT_PAGE = 100;

    private final Map<String, DescribeExecutionResponse> executions = new LinkedHashMap<>();
    private final Map<String, String> inputOf = new HashMap<>();
    private final Map<String, List<HistoryEvent>> histories = new LinkedHashMap<>();
    private final Map<String, SfnException> errors = new LinkedHashMap<>();
    private Function<String, DescribeExecutionResponse> started = FakeStepFunctions::running;
    private Consumer<String> redriven = arn -> {};
    private Consumer<String> described = arn -> {};
    private Optional<MapRunItemCounts> mapCounts = Optional.empty();

    public static String arn(String name) {
        return EXECUTION + name;
    }

    public static DescribeExecutionResponse running(String name) {
        return described(name, "RUNNING").build();
    }

    public static DescribeExecutionResponse succeeded(String name, Object output) {
        return described(name, "SUCCEEDED").output(Json.text(output)).build();
    }

    public static DescribeExecutionResponse failed(String name, String error, Object cause) {
        return described(name, "FAILED").error(error).cause(Json.text(cause)).build();
    }

    public static DescribeExecutionResponse.Builder described(String name, String status) {
        return DescribeExecutionResponse.builder()
                .executionArn(arn(name))
                .stateMachineArn(MACHINE)
                .name(name)
                .startDate(THEN)
                .input("{}")
                .status(status);
    }

    public static HistoryEvent entered(long id, String state, String kind) {
        return HistoryEvent.builder()
                .id(id)
                .timestamp(THEN)
                .type(kind + "StateEntered")
                .stateEnteredEventDetails(details -> details.name(state))
                .build();
    }

    public static HistoryEvent exited(long id, Object output) {
        return HistoryEvent.builder()
                .id(id)
                .timestamp(THEN)
                .type("TaskStateExited")
                .stateExitedEventDetails(details -> details.name("x").output(Json.text(output)))
                .build();
    }

    public FakeStepFunctions put(DescribeExecutionResponse execution, HistoryEvent... history) {
        executions.put(execution.executionArn(), execution);
        histories.put(execution.executionArn(), List.of(history));
        return this;
    }

    /** Sets the end of executions, by their names. */
    public FakeStepFunctions startsWith(Function<String, DescribeExecutionResponse> ending) {
        started = ending;
        return this;
    }

    public FakeStepFunctions onRedrive(Consumer<String> effect) {
        redriven = effect;
        return this;
    }

    /** Lets a test change an execution before each of its descriptions. */
    public FakeStepFunctions onDescribe(Consumer<String> effect) {
        described = effect;
        return this;
    }

    public FakeStepFunctions countsItems(MapRunItemCounts counts) {
        mapCounts = Optional.of(counts);
        return this;
    }

    /** Makes an operation answer with an error. */
    public FakeStepFunctions refuse(String operation, String code, String message, int status) {
        return refuse(operation, (SfnException) SfnException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build());
    }

    /** Makes an operation answer with this error. */
    public FakeStepFunctions refuse(String operation, SfnException error) {
        errors.put(operation, error);
        return this;
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        called("DescribeExecution");
        described.accept(request.executionArn());
        DescribeExecutionResponse known = executions.get(request.executionArn());
        if (known == null) {
            throw ExecutionDoesNotExistException.builder().build();
        }
        return known;
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        called("StartExecution");
        String arn = request.stateMachineArn().replace("stateMachine", "execution") + ":" + request.name();
        requireSame(arn, request.input());
        inputs.add(request.input());
        executions.put(
                arn,
                started.apply(request.name()).toBuilder()
                        .executionArn(arn)
                        .stateMachineArn(request.stateMachineArn())
                        .build());
        return StartExecutionResponse.builder().executionArn(arn).build();
    }

    private void requireSame(String arn, String input) {
        String before = inputOf.putIfAbsent(arn, input);
        if (before != null && !before.equals(input)) {
            String message = "Execution Already Exists: '" + arn + "'";
            throw ExecutionAlreadyExistsException.builder()
                    .message(message)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ExecutionAlreadyExists")
                            .errorMessage(message)
                            .build())
                    .build();
        }
    }

    @Override
    public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        called("RedriveExecution");
        redriven.accept(request.executionArn());
        return RedriveExecutionResponse.builder().build();
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        called("GetExecutionHistory");
        return GetExecutionHistoryResponse.builder()
                .events(histories.getOrDefault(request.executionArn(), List.of()))
                .build();
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        called("ListExecutions");
        List<ExecutionListItem> all = executions.values().stream()
                .filter(one -> one.stateMachineArn().equals(request.stateMachineArn()))
                .filter(one -> request.statusFilter() == null || one.status() == request.statusFilter())
                .sorted(Comparator.comparing(DescribeExecutionResponse::startDate)
                        .reversed())
                .map(one -> ExecutionListItem.builder()
                        .name(one.name())
                        .executionArn(one.executionArn())
                        .status(one.status())
                        .startDate(one.startDate())
                        .stopDate(one.stopDate())
                        .redriveCount(one.redriveCount())
                        .build())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(
                all.size(), from + Optional.ofNullable(request.maxResults()).orElse(DEFAULT_PAGE));
        return ListExecutionsResponse.builder()
                .executions(all.subList(from, to))
                .nextToken(to < all.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
        called("ListMapRuns");
        return ListMapRunsResponse.builder()
                .mapRuns(MapRunListItem.builder()
                        .mapRunArn("arn:map")
                        .startDate(THEN)
                        .build())
                .build();
    }

    @Override
    public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
        called("DescribeMapRun");
        return DescribeMapRunResponse.builder()
                .itemCounts(mapCounts.orElseThrow())
                .build();
    }

    private void called(String operation) {
        calls.add(operation);
        if (errors.containsKey(operation)) {
            throw errors.get(operation);
        }
    }

    @Override
    public String serviceName() {
        return "states";
    }

    @Override
    public void close() {}
}
