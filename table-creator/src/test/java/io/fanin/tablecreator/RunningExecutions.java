package io.fanin.tablecreator;

import io.fanin.core.execution.ExecutionStatus;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The running executions: these, and the one of the invoked function unless it has ended. */
final class RunningExecutions implements ExecutionStatus {

    private final Set<String> running = new HashSet<>();
    private final Set<RunId> ended = new HashSet<>();
    private final Map<RunId, Instant> started = new HashMap<>();
    private Optional<RunId> invoking = Optional.empty();

    /** The ARNs of those that run beside the one whose function is called. */
    Set<String> running() {
        return running;
    }

    /** The runs of those that have ended although their function is called. */
    Set<RunId> ended() {
        return ended;
    }

    /** The times at which those were started of which that is known. */
    Map<RunId, Instant> started() {
        return started;
    }

    /** Calls a function for an execution. */
    <T> T invoke(RunId run, OptionalInt redriveCount, Function<Execution, T> call) {
        Optional<RunId> before = invoking;
        invoking = Optional.of(run);
        try {
            return call.apply(RunFixture.execution(run, redriveCount, Optional.ofNullable(started.get(run))));
        } finally {
            invoking = before;
        }
    }

    @Override
    public boolean isAlive(String arn) {
        return running.contains(arn)
                || invoking.filter(run -> !ended.contains(run))
                        .map(run ->
                                RunFixture.execution(run, OptionalInt.empty()).id())
                        .equals(Optional.of(arn));
    }
}
