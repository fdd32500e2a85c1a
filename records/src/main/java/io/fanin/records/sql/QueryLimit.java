package io.fanin.records.sql;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.time.Duration;

/**
 * The time limit of a query.
 *
 * @param byTheSpec whether the limit is from the spec or is the function's deadline
 */
public record QueryLimit(Duration time, boolean byTheSpec) {

    /** The limit of a query for which the spec has none. */
    public static QueryLimit of(Deadline deadline) {
        return new QueryLimit(deadline.left(), false);
    }

    /** This limit, or the spec's if that is shorter. */
    public QueryLimit within(Duration timeout) {
        return timeout.compareTo(time) < 0 ? new QueryLimit(timeout, true) : this;
    }

    /**
     * The error for a failed query of the user.
     *
     * @param where the place in its text with a colon, or an empty string
     * @throws DuckDbException the given exception, if the function's disk was too small
     */
    public ConversionException failure(String where, DuckDbException e) {
        return switch (e.kind()) {
            case NO_SPACE -> throw e;
            case OUT_OF_MEMORY -> ConversionException.outOfMemory("the query", e);
            case INTERRUPTED ->
                byTheSpec
                        ? new ConversionException(
                                FailureCode.SQL_TIMEOUT,
                                "the query took longer than processor.timeoutSeconds, which is %d: raise it, or make the query"
                                                .formatted(time.toSeconds())
                                        + " or the partition smaller",
                                e)
                        : ConversionException.outOfTime("was over while the query ran", e);
            case OTHER -> SqlFailure.of(where, e);
        };
    }
}
