package io.fanin.core.record;

import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.RunId;

/**
 * A partition that failed and has not been registered since.
 *
 * @param attempts how many passes tried it
 * @param run the run of the last attempt
 * @param pass the pass of the last attempt
 */
public record OutstandingFailure(Partition partition, int attempts, Failure failure, RunId run, int pass) {

    public static OutstandingFailure first(Partition partition, Failure failure, RunId run, int pass) {
        return new OutstandingFailure(partition, 1, failure, run, pass);
    }

    /** What is known after a later failure; the same pass told twice is one attempt. */
    OutstandingFailure followedBy(OutstandingFailure later) {
        boolean sameAttempt = run.equals(later.run) && pass == later.pass;
        return new OutstandingFailure(
                later.partition, sameAttempt ? attempts : attempts + 1, later.failure, later.run, later.pass);
    }
}
