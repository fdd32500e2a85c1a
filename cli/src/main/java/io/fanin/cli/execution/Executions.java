package io.fanin.cli.execution;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.aws.AwsErrors;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Finds, starts and redrives the executions of one state machine. */
public final class Executions {

    /**
     * The errors of endpoints for a call that they do not support; AWS's own error is {@code InternalFailure}, of
     * status 500.
     */
    private static final Set<String> UNKNOWN_OPERATION =
            Set.of("UnknownOperation", "UnknownOperationException", "NotImplemented", "501");

    private static final String TABLE = "DATABASE.TABLE";

    private static final int MAX_RUNNING = 50;

    /** The size of the largest page that Step Functions returns. */
    private static final int PAGE = 1000;

    /** The statuses of executions that have not succeeded. */
    private static final List<ExecutionStatus> NOT_SUCCEEDED = List.of(
            ExecutionStatus.RUNNING, ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);

    private final SfnClient client;
    private final String machineArn;
    private final Hints hints;
    private final ExecutionWatch watch;

    /**
     * The executions of a state machine.
     *
     * @param poll the interval between two requests about an execution
     */
    public Executions(SfnClient client, String machineArn, Duration poll, Sleeper sleeper, Hints hints) {
        this.client = client;
        this.machineArn = machineArn;
        this.hints = hints;
        this.watch = new ExecutionWatch(this, client, poll, sleeper);
    }

    /** What the executions do. */
    public ExecutionWatch watch() {
        return watch;
    }

    /** The ARN of an execution, given its name or its ARN. */
    String arn(String execution) {
        return execution.startsWith("arn:")
                ? execution
                : machineArn.replace(":stateMachine:", ":execution:") + ":" + execution;
    }

    /** The name in an execution's ARN. */
    public static String name(String arn) {
        return new ExecutionArn(arn).name();
    }

    /** The name of a run's execution. An id that ends with a hash does not contain it; the run's report does. */
    public static Optional<String> nameOf(RunId run, Supplier<Optional<RunReport>> report) {
        return run.executionName()
                .or(() -> report.get()
                        .flatMap(found -> found.header().execution())
                        .map(Executions::name));
    }

    /** Starts an execution and returns its ARN. */
    public String start(String name, Object input) {
        try {
            return client.startExecution(request ->
                            request.stateMachineArn(machineArn).name(name).input(Json.text(input)))
                    .executionArn();
        } catch (ExecutionAlreadyExistsException e) {
            // If the answer to a start is lost, the SDK repeats it; AWS recognizes the repetition only while the
            // execution is running.
            return find(name)
                    .filter(known ->
                            Json.treeOrMissing(known.input().orElse("")).equals(Json.treeOrMissing(Json.text(input))))
                    .map(ExecutionDetails::arn)
                    .orElseThrow(() -> notStarted(name, e));
        } catch (SfnException e) {
            throw notStarted(name, e);
        }
    }

    private static CommandFailedException notStarted(String name, SfnException e) {
        return new CommandFailedException("the execution " + name + " was not started: " + message(e), e);
    }

    /**
     * An existing execution.
     *
     * @param execution its name or ARN
     */
    public ExecutionDetails describe(String execution) {
        requireOwn(execution);
        return find(execution)
                .orElseThrow(() -> new CommandFailedException(
                        "there is no execution " + arn(execution),
                        hints.command("runs", TABLE) + " lists those of a table, " + hints.command("runs", "--all")
                                + " those of all tables, which are named with --all; " + hints.command("status")
                                + " names the one to redrive"));
    }

    /**
     * Requires an execution of this state machine: the documents of another stack's executions are in its own state
     * bucket, and executions of all tables have other documents.
     */
    private void requireOwn(String execution) {
        if (execution.startsWith("arn:") && !execution.equals(arn(name(execution)))) {
            throw new CommandFailedException(
                    execution + " is not an execution of " + machineArn,
                    "give --all for a run of all tables, and only for one; name another stack with --stack");
        }
    }

    /** An existing execution, which must have ended. */
    public ExecutionDetails ended(String execution) {
        ExecutionDetails described = describe(execution);
        if (described.isRunning()) {
            throw new CommandFailedException(described.name() + " is running", "wait for its end");
        }
        return described;
    }

    /** The failure for an execution without a report. */
    public static CommandFailedException noReport(String name) {
        return new CommandFailedException(
                "execution " + name + " has no report yet, or the report has expired",
                "one that failed before its first report goes on where it failed when it is redriven");
    }

    /** An execution; empty if it is not known. Step Functions keeps executions for 90 days after their end. */
    public Optional<ExecutionDetails> find(String execution) {
        try {
            return Optional.of(
                    ExecutionDetails.of(client.describeExecution(request -> request.executionArn(arn(execution)))));
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return Optional.empty();
        }
    }

    /** The table of an execution, if its output or its input names it. */
    public static Optional<TableName> tableOf(ExecutionDetails execution) {
        return execution
                .output()
                .flatMap(StepAnswer::tableOf)
                .or(() -> execution.input().flatMap(ExecutionInput::tableOf));
    }

    /** The last executions, newest first, as far as they are read. */
    public Stream<ExecutionDetails> newestFirst() {
        return client.listExecutionsPaginator(request -> request.stateMachineArn(machineArn)).executions().stream()
                .map(ExecutionDetails::of);
    }

    /**
     * The last executions, and the last ones that have not succeeded. Takes one request if there are few executions,
     * and otherwise one more for each status.
     */
    public ListedExecutions listed() {
        ListExecutionsResponse last = client.listExecutions(page(PAGE).build());
        Stream<ExecutionDetails> newest = last.executions().stream().map(ExecutionDetails::of);
        if (last.nextToken() == null) {
            return new ListedExecutions(newest.toList(), Optional.empty());
        }
        Map<String, ExecutionDetails> all = new LinkedHashMap<>();
        Stream.concat(newest, NOT_SUCCEEDED.stream().flatMap(this::newest))
                .forEach(one -> all.putIfAbsent(one.arn(), one));
        return new ListedExecutions(
                all.values().stream()
                        .sorted(Comparator.comparing(ExecutionDetails::started).reversed())
                        .toList(),
                last.executions().stream().map(ExecutionListItem::startDate).min(Comparator.naturalOrder()));
    }

    /**
     * The executions with an end other than success that a test admits, newest first. Takes a request for each status.
     */
    public Stream<ExecutionDetails> lastFailed(Predicate<ExecutionDetails> test) {
        return last(test, ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);
    }

    /** The executions that succeeded which a test admits, newest first. Takes one request. */
    public Stream<ExecutionDetails> lastSucceeded(Predicate<ExecutionDetails> test) {
        return last(test, ExecutionStatus.SUCCEEDED);
    }

    private Stream<ExecutionDetails> last(Predicate<ExecutionDetails> test, ExecutionStatus... statuses) {
        return Stream.of(statuses)
                .flatMap(this::newest)
                .filter(test)
                .sorted(Comparator.comparing(ExecutionDetails::started).reversed());
    }

    private Stream<ExecutionDetails> newest(ExecutionStatus status) {
        return listed(page(PAGE).statusFilter(status));
    }

    private Stream<ExecutionDetails> listed(ListExecutionsRequest.Builder request) {
        return client.listExecutions(request.build()).executions().stream().map(ExecutionDetails::of);
    }

    private ListExecutionsRequest.Builder page(int size) {
        return ListExecutionsRequest.builder().stateMachineArn(machineArn).maxResults(size);
    }

    /** The running executions, newest first, as far as one request returns them. */
    public List<ExecutionDetails> running() {
        return listed(page(MAX_RUNNING).statusFilter(ExecutionStatus.RUNNING)).toList();
    }

    /** Redrives an execution; false if the endpoint does not support redrives. */
    public boolean redrive(String arn) {
        int before = describe(arn).redrives();
        try {
            client.redriveExecution(request -> request.executionArn(arn));
        } catch (SfnException e) {
            if (e.statusCode() == HttpURLConnection.HTTP_NOT_IMPLEMENTED || UNKNOWN_OPERATION.contains(code(e))) {
                return false;
            }
            String what = arn + " was not redriven: " + message(e);
            throw e instanceof ExecutionNotRedrivableException
                    ? new CommandFailedException(what, insteadOfRedrive(describe(arn)), e)
                    : new CommandFailedException(what, e);
        }
        // Until the redrive is visible, DescribeExecution still returns the earlier failure.
        watch.await(() -> describe(arn).redrives() > before);
        return true;
    }

    /** Requires that Step Functions accepts a redrive of an execution that has ended. */
    public void requireRedrivable(ExecutionDetails ended) {
        if (!ended.isRedrivable()) {
            throw new CommandFailedException(ended.notRedrivable(), insteadOfRedrive(ended));
        }
    }

    /** Advice for an execution that can no longer be redriven: the commands that process the rest. */
    public String insteadOfRedrive(ExecutionDetails ended) {
        String table = tableOf(ended).map(TableName::toString).orElse(TABLE);
        return "only an execution that failed can be redriven, for 14 days; after that " + hints.command("run", table)
                + " does what is left, except partitions that are set aside: "
                + hints.command("run", Json.text(Map.of(InputNames.REDRIVE_OF, ended.name())))
                + " takes those up for 30 days from its start";
    }

    private static String code(SfnException e) {
        return AwsErrors.code(e).orElse("");
    }

    private static String message(SfnException e) {
        return AwsErrors.message(e).orElse(e.getMessage());
    }
}
