package io.fanin.core.input;

import io.fanin.model.run.Execution;
import io.fanin.model.spec.SpecException;
import java.time.Duration;
import java.time.Instant;

/**
 * The {@code time} in an execution's input, for which its run detects. A table's progress never goes back: with a time
 * in a later year, periods of that year would count as reached, and runs would no longer look at those before.
 */
public final class DueTime {

    /** Schedules send a moment that has come; a person may look at tomorrow. */
    private static final Duration FURTHEST = Duration.ofDays(2);

    private DueTime() {}

    /**
     * The time, if it may be one of this execution.
     *
     * @throws SpecException if it is too long after the execution's start
     */
    public static Instant of(Instant time, Execution execution) {
        if (execution
                .started()
                .filter(start -> time.isAfter(start.plus(FURTHEST)))
                .isPresent()) {
            throw SpecException.at(
                    "$.time",
                    "expected a moment at most " + FURTHEST.toDays() + " days after the execution's start ("
                            + execution.startTime().orElseThrow() + "), found " + time);
        }
        return time;
    }
}
