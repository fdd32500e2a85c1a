package io.fanin.cli.execution;

import io.fanin.cli.execution.Moment.MapProgress;
import io.fanin.core.retry.Sleeper;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Watches executions until they are visible, until they have ended, and what they do meanwhile. */
public final class ExecutionWatch {

    /** The wait for a start or a redrive to be visible: DescribeExecution is eventually consistent. */
    private static final Duration VISIBLE_POLL = Duration.ofMillis(500);

    private static final int VISIBLE_POLLS = 30;

    private final Executions executions;
    private final SfnClient client;
    private final Duration poll;
    private final Sleeper sleeper;

    /** @param poll the interval between two requests about an execution */
    ExecutionWatch(Executions executions, SfnClient client, Duration poll, Sleeper sleeper) {
        this.executions = executions;
        this.client = client;
        this.poll = poll;
        this.sleeper = sleeper;
    }

    /** Shows a started execution repeatedly until its end. */
    public Moment follow(String arn, Consumer<Moment> show) {
        awaitVisible(arn);
        RetriedRequests requests = new RetriedRequests();
        while (true) {
            Optional<Moment> moment = requests.ask(() -> moment(arn));
            moment.ifPresent(show);
            if (moment.filter(Moment::isOver).isPresent()) {
                return moment.get();
            }
            sleeper.sleep(poll);
        }
    }

    /** Waits until at least one of these started executions has ended; returns those that have. */
    Set<String> ended(Set<String> arns) {
        Map<String, RetriedRequests> requests =
                arns.stream().collect(Collectors.toMap(arn -> arn, arn -> new RetriedRequests()));
        while (true) {
            Set<String> ended = arns.stream()
                    .filter(arn -> requests.get(arn)
                            .ask(() -> executions.describe(arn))
                            .filter(execution -> !execution.isRunning())
                            .isPresent())
                    .collect(Collectors.toSet());
            if (!ended.isEmpty()) {
                return ended;
            }
            sleeper.sleep(poll);
        }
    }

    /** Waits until an execution that has just been started is visible. */
    public void awaitVisible(String arn) {
        await(() -> executions.find(arn).isPresent());
    }

    /** Waits for some time until something that was done is visible. */
    void await(BooleanSupplier isVisible) {
        RetriedRequests requests = new RetriedRequests();
        for (int i = 0; i < VISIBLE_POLLS; i++) {
            if (requests.ask(isVisible::getAsBoolean).orElse(false)) {
                return;
            }
            sleeper.sleep(VISIBLE_POLL);
        }
    }

    /**
     * A snapshot of an execution. It is described before its history is read, so that events missing from the history
     * happen before the end that is described.
     */
    Moment moment(String arn) {
        return moment(executions.describe(arn));
    }

    /** A snapshot of an execution that has just been described. */
    public Moment moment(ExecutionDetails execution) {
        String arn = execution.arn();
        ExecutionHistory history = history(arn);
        boolean isInMap = execution.isRunning()
                && !history.steps().isEmpty()
                && history.steps().getLast().isMap();
        return new Moment(execution, history, isInMap ? mapProgress(arn, history) : Optional.empty());
    }

    /** The history of an execution, which may not exist yet right after the start. */
    private ExecutionHistory history(String arn) {
        try {
            return ExecutionHistory.of(
                    client.getExecutionHistoryPaginator(request -> request.executionArn(arn)).events().stream()
                            .toList());
        } catch (ExecutionDoesNotExistException e) {
            return ExecutionHistory.NONE;
        }
    }

    /**
     * The progress of a Map; empty if the endpoint does not report it. The total is the manifest's: the Map run counts
     * only the items that it has read so far.
     */
    private Optional<MapProgress> mapProgress(String arn, ExecutionHistory history) {
        try {
            return client.listMapRuns(request -> request.executionArn(arn)).mapRuns().stream()
                    .max(Comparator.comparing(MapRunListItem::startDate))
                    .map(run -> client.describeMapRun(request -> request.mapRunArn(run.mapRunArn()))
                            .itemCounts())
                    .map(counts -> progress(counts, items(history)))
                    .filter(progress -> progress.total() > 0);
        } catch (SfnException e) {
            return Optional.empty();
        }
    }

    /** The number of items: batches of a table, or tables. */
    private static long items(ExecutionHistory history) {
        return history.work().tables() > 0
                ? history.work().tables()
                : history.work().batches();
    }

    private static MapProgress progress(MapRunItemCounts counts, long items) {
        long done = counts.succeeded() + counts.failed() + counts.timedOut() + counts.aborted();
        return new MapProgress(done, Math.max(counts.total(), items));
    }
}
