package io.fanin.core.owner;

import io.fanin.core.run.RunId;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;

/**
 * A folder into which one table's partitions are made, and no other's.
 *
 * @param claimedBy the run with which that began
 */
public record OwnedFolder(S3Location folder, TableName owner, RunId claimedBy) {}
