package io.fanin.detector;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.owner.OwnedFolder;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.Execution;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ensures that partitions are made only in a folder that belongs to the table. The owners are read only if a table is
 * new or its location has changed; otherwise the table's record, which is read in any case, contains the answer.
 */
record FolderClaims(FolderOwners owners, TableRecords records, Leases leases, GlueCatalog catalog) {

    /**
     * Whether no claim is needed, as far as is known without a request: the folder is known to be the table's, or no
     * partitions are created there.
     *
     * @param spec a resolved one
     */
    static boolean needsNoClaim(ResolvedSpec spec, TableRecord record) {
        return !spec.processor().makesPartitions()
                || record.owns(spec.definition().location());
    }

    /**
     * Whether no claim is needed, even if the owners have to be read.
     *
     * @param spec a resolved one
     * @return false if it has to be claimed, and can be
     * @throws SpecException if the folder is another table's, or lies in or around one
     */
    boolean ownsOrMayClaim(ResolvedSpec spec, TableRecord record) {
        if (needsNoClaim(spec, record)) {
            return true;
        }
        S3Location folder = spec.definition().location();
        Set<TableName> giveUp = new HashSet<>();
        spec.takesOver().ifPresent(giveUp::add);
        Optional<OwnedFolder> other = owners.inTheWayOf(spec.tableName(), folder, giveUp);
        while (other.isPresent()) {
            TableName owner = other.get().owner();
            if (!wasNeverMade(owner) || leases.holder(owner).isPresent()) {
                throw refused(folder, other.get());
            }
            giveUp.add(owner);
            other = owners.inTheWayOf(spec.tableName(), folder, giveUp);
        }
        return false;
    }

    /**
     * Claims the folder for the table, and writes it to the table's record. An invocation that dies in between finds
     * its own claim again. The record is read before the claim, and written only if it has not changed since: a table
     * that takes the folder over changes it, so a detector that has outlived its execution checks again, or is refused.
     *
     * @param execution which has the table's lease
     * @throws SpecException if it has become another table's meanwhile
     */
    OwnedFolder claim(ResolvedSpec spec, Execution execution) {
        OwnedFolder wanted = new OwnedFolder(spec.definition().location(), spec.tableName(), execution.runId());
        LeasedRecord record = records.open(wanted.owner());
        Map<TableName, Leases.Acquired> givenUp = new HashMap<>();
        Optional<OwnedFolder> other = owners.claim(wanted, Set.of());
        while (other.isPresent()) {
            givenUp.put(other.get().owner(), giveUp(other.get(), wanted, spec, execution));
            other = owners.claim(wanted, givenUp.keySet());
        }
        givenUp.values().forEach(leases::release);
        Stream.concat(spec.takesOver().stream(), givenUp.keySet().stream())
                .distinct()
                .forEach(this::forget);
        record.update(known -> known.owning(wanted.folder()), () -> requireStillOwner(wanted));
        return wanted;
    }

    private void requireStillOwner(OwnedFolder wanted) {
        owners.inTheWayOf(wanted.owner(), wanted.folder(), Set.of()).ifPresent(other -> {
            throw refused(wanted.folder(), other);
        });
    }

    /**
     * Makes an idle table give up its folder. The folder is removed from its record first, so that the table looks up
     * the owner again before it makes any partition, even if an invocation dies in between. It is removed once more
     * afterwards, since a detector of an execution that has ended may still be claiming.
     */
    private Leases.Acquired giveUp(OwnedFolder other, OwnedFolder wanted, ResolvedSpec spec, Execution execution) {
        TableName owner = other.owner();
        boolean isNamed = spec.takesOver().equals(Optional.of(owner));
        return switch (leases.acquire(owner, execution)) {
            case Leases.HeldBy busy ->
                throw isNamed
                        ? SpecException.at(
                                "$.takesOver",
                                owner + " is being worked on by " + busy.holder()
                                        + ": start again when that execution has ended, and no other of that table comes after it")
                        : refused(wanted.folder(), other);
            case Leases.Acquired lease -> {
                if (!isNamed && !wasNeverMade(owner)) {
                    leases.release(lease);
                    throw refused(wanted.folder(), other);
                }
                forget(owner);
                yield lease;
            }
        };
    }

    /** Whether the table was never created: only its claim exists. */
    private boolean wasNeverMade(TableName table) {
        return records.read(table).lastRun().isEmpty() && catalog.table(table).isEmpty();
    }

    private void forget(TableName table) {
        records.update(table, TableRecord::withoutFolder);
    }

    private static SpecException refused(S3Location folder, OwnedFolder other) {
        return SpecException.at(
                "$.location",
                other.besides(folder)
                        + ": choose a location that no other table's partitions are made into, or, where that table gives"
                        + " its folder up for this one, say \"takesOver\": \"" + other.owner() + "\"");
    }
}
