package io.fanin.processor.sql;

import io.fanin.processor.convert.ConversionException;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.duckdb.DuckDbException;
import java.time.Duration;
import java.util.Optional;

/**
 * The time that a query has.
 *
 * @param byTheSpec whether the spec says it, or the function's time is over then
 */
record QueryLimit(Duration time, boolean byTheSpec) {

    static QueryLimit of(Optional<Duration> timeout, Deadline deadline) {
        Duration left = deadline.left();
        return timeout.filter(own -> own.compareTo(left) < 0)
                .map(own -> new QueryLimit(own, true))
                .orElseGet(() -> new QueryLimit(left, false));
    }

    /**
     * What is said of a failure of the user's query.
     *
     * @param where in its text, and a colon; or nothing
     * @throws DuckDbException the same where the function was not large enough, whatever the query
     */
    ConversionException failure(String where, DuckDbException e) {
        return switch (e.kind()) {
            case OUT_OF_MEMORY, NO_SPACE -> throw e;
            case INTERRUPTED ->
                byTheSpec
                        ? new ConversionException(
                                "SqlTimeout",
                                "the query took longer than processor.timeoutSeconds, which is %d: raise it, or make the query"
                                                .formatted(time.toSeconds())
                                        + " or the partition smaller",
                                e)
                        : new ConversionException(
                                "DeadlineExceeded",
                                "the function's time was over while the query ran; nothing was published. Raise the stack's"
                                        + " parameters ProcessorTimeout or ProcessorMemory, or make the partition smaller",
                                e);
            case OTHER -> SqlFailure.of(where, e);
        };
    }
}
