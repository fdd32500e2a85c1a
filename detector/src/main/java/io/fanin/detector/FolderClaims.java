package io.fanin.detector;

import io.fanin.core.lease.Leases;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.owner.OwnedFolder;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Execution;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import java.util.Optional;

/**
 * Sees to it that partitions are made only in a folder that is the table's own. The owners are asked when a table is new or
 * its location is another than before; else the table's record, which is read in any case, knows.
 */
record FolderClaims(FolderOwners owners, TableRecords records, Leases leases) {

    /**
     * Whether nothing is to be claimed: the folder is known to be the table's, or nothing is made there.
     *
     * @param spec a resolved one
     * @return false where it has to be claimed, and can be
     * @throws SpecException when the folder is another table's, lies in one of these, or around it
     */
    boolean ownsOrMayClaim(TableSpec spec, TableRecord record) {
        S3Location folder = spec.definition().location();
        if (!spec.processorOrDefault().makesPartitions() || record.owns(folder)) {
            return true;
        }
        owners.inTheWayOf(spec.tableName(), folder, spec.takesOver()).ifPresent(other -> {
            throw refused(folder, other);
        });
        return false;
    }

    /**
     * Makes the folder the table's own, and has its record know so. Whoever dies between the two finds his own claim again.
     *
     * @param execution which has the table's lease
     * @throws SpecException when it has become another table's meanwhile
     */
    OwnedFolder claim(TableSpec spec, Execution execution) {
        OwnedFolder wanted = new OwnedFolder(spec.definition().location(), spec.tableName(), execution.runId());
        Optional<OwnedFolder> other = owners.claim(wanted, Optional.empty());
        if (other.map(OwnedFolder::owner)
                .filter(owner -> spec.takesOver().equals(Optional.of(owner)))
                .isPresent()) {
            other = takeOver(wanted, other.get(), execution);
        }
        other.ifPresent(one -> {
            throw refused(wanted.folder(), one);
        });
        spec.takesOver().ifPresent(this::forget);
        records.update(wanted.owner(), record -> record.owning(Optional.of(wanted.folder())));
        requireStillOwner(wanted, spec.takesOver());
        return wanted;
    }

    /** Another table may have taken the folder over between the claim and the record, where it found this execution ended. */
    private void requireStillOwner(OwnedFolder wanted, Optional<TableName> givesUp) {
        owners.inTheWayOf(wanted.owner(), wanted.folder(), givesUp).ifPresent(other -> {
            forget(wanted.owner());
            throw refused(wanted.folder(), other);
        });
    }

    private void forget(TableName table) {
        records.update(table, record -> record.owning(Optional.empty()));
    }

    /**
     * Takes the folder from a table on which nobody is at work, whose record forgets first: so that table asks again before it
     * makes anything, whoever dies in between. It forgets once more afterwards, since a detector of an execution that has ended
     * may still be claiming.
     */
    private Optional<OwnedFolder> takeOver(OwnedFolder wanted, OwnedFolder before, Execution execution) {
        TableName owner = before.owner();
        return switch (leases.acquire(owner, execution)) {
            case Leases.HeldBy other ->
                throw SpecException.at(
                        "$.takesOver",
                        owner + " is being worked on by " + other.holder()
                                + ": start again when that execution has ended, and no other of that table comes after it");
            case Leases.Acquired lease -> {
                forget(owner);
                Optional<OwnedFolder> other = owners.claim(wanted, Optional.of(owner));
                leases.release(lease);
                yield other;
            }
        };
    }

    private static SpecException refused(S3Location folder, OwnedFolder other) {
        String where =
                other.folder().holds(folder) ? "lies in " : folder.holds(other.folder()) ? "lies around " : "is ";
        return SpecException.at(
                "$.location",
                folder + " " + where + other.folder() + ", into which the partitions of " + other.owner()
                        + " are made (since its run " + other.claimedBy()
                        + "): choose a location that no other table's partitions are made into, or, where that table gives"
                        + " its folder up for this one, say \"takesOver\": \"" + other.owner() + "\"");
    }
}
