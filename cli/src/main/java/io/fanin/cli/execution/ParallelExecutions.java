package io.fanin.cli.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs executions in parallel, up to a maximum.
 *
 * @param most the maximum number of executions in progress
 */
public record ParallelExecutions(ExecutionWatch executions, int most) {

    /**
     * Starts an execution for each of these, the next one as soon as another has ended, and waits for the end of all.
     *
     * @param start starts an execution and returns its ARN; empty if there is none to wait for
     */
    public <T> void run(List<T> all, Function<T, Optional<String>> start) {
        Set<String> underWay = new HashSet<>();
        for (T one : all) {
            if (underWay.size() >= most) {
                underWay.removeAll(executions.ended(underWay));
            }
            Optional<String> started = start.apply(one);
            started.ifPresent(executions::awaitVisible);
            started.ifPresent(underWay::add);
        }
        while (!underWay.isEmpty()) {
            underWay.removeAll(executions.ended(underWay));
        }
    }
}
