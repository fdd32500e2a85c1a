package io.fanin.processor.publish;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.model.run.RunId;
import io.fanin.model.text.Sha256;
import io.fanin.records.scratch.Deadline;

/**
 * The target to which a pass publishes new versions of a table's partitions.
 *
 * @param objects of the table
 * @param token distinguishes the versions that the pass makes from those of others
 * @param publishers publish in threads of their own, so that the wait for them can end at the deadline
 */
public record VersionTarget(ObjectTarget objects, String token, Workers publishers) {

    public VersionTarget(ObjectTarget objects, String token) {
        this(objects, token, Workers.THREADS);
    }

    public static VersionTarget of(ObjectTarget objects, RunId run, int pass, Workers publishers) {
        return new VersionTarget(objects, Sha256.token(run + "/" + pass), publishers);
    }

    /**
     * Starts the uploads of a new version of a partition.
     *
     * @param prefix the partition's; if it contains data of other writers, {@code ForeignObjects} is thrown
     * @param deadline of the function
     */
    public Uploads uploads(String prefix, Deadline deadline) {
        return new Uploads(objects, PartitionFolder.open(objects, prefix, token), publishers, deadline);
    }
}
