package io.fanin.core.owner;

import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;

/**
 * A folder in which only one table's partitions are created, so that two tables never write to the same prefix.
 *
 * @param claimedBy the run that claimed it
 */
public record OwnedFolder(S3Location folder, TableName owner, RunId claimedBy) {

    /** A description of the overlap with another folder, with this one's owner and the claiming run. */
    public String besides(S3Location other) {
        String where = folder.holds(other) ? "lies in " : other.holds(folder) ? "lies around " : "is ";
        return other + " " + where + folder + ", into which the partitions of " + owner + " are made (since its run "
                + claimedBy + ")";
    }
}
