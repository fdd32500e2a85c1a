package io.fanin.core.owner;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * The owners of the folders in which partitions are created: one object in the state bucket for each data bucket,
 * changed only by conditional puts. As it covers all folders of a bucket, two tables that concurrently claim a folder
 * and one within it change the same object, so that one of them sees the other.
 */
public final class FolderOwners {

    /** An attempt fails only if another table's claim succeeds; fewer tables than this are new at a time. */
    private static final int MAX_TRIES = 100;

    /** The maximum for a bucket: the object, then about 7 MB, is read and written as a whole. */
    static final int MAX_FOLDERS = 50_000;

    /** The maximum for a database in a bucket, so that one database cannot use up the bucket's. */
    static final int MAX_FOLDERS_OF_DATABASE = 10_000;

    /** The maximum for a table in a bucket: a table keeps each folder that it ever had. */
    static final int MAX_FOLDERS_OF_TABLE = 100;

    private final ObjectStore store;

    public FolderOwners(ObjectStore store) {
        this.store = store;
    }

    /**
     * The owned folder that prevents a table from creating partitions in a folder; takes one request.
     *
     * @param giveUp the tables whose folders may be taken
     * @return another table's folder that is this one, lies in it, or around it; empty if there is none
     */
    public Optional<OwnedFolder> inTheWayOf(TableName table, S3Location folder, Set<TableName> giveUp) {
        return store.document(key(folder), OwnedFolders.class)
                .flatMap(folders -> folders.inTheWayOf(table, folder, giveUp));
    }

    /**
     * Claims the folder for its owner, unless another table's folder overlaps. Nothing is written if the owner already
     * has it.
     *
     * @param giveUp the tables whose folders may be taken
     * @return the overlapping folder, as with {@link #inTheWayOf}
     * @throws IllegalStateException if other runs keep changing the owners, or the bucket, the database or the table
     *     has too many folders
     */
    public Optional<OwnedFolder> claim(OwnedFolder wanted, Set<TableName> giveUp) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredObject> stored = store.get(key(wanted.folder()));
            OwnedFolders before = stored.map(object -> parse(wanted, object)).orElse(OwnedFolders.NONE);
            Optional<OwnedFolder> other = before.inTheWayOf(wanted.owner(), wanted.folder(), giveUp);
            OwnedFolders after = before.with(wanted);
            if (other.isPresent() || after.equals(before)) {
                return other;
            }
            requireRoom(wanted, after);
            Version version = stored.<Version>map(StoredObject::version).orElse(Version.NONE);
            if (write(wanted, version, after)) {
                return Optional.empty();
            }
        }
        throw new IllegalStateException(store.uriOf(key(wanted.folder())) + " was changed by others " + MAX_TRIES
                + " times while " + wanted.folder() + " was being claimed: run the execution again");
    }

    private void requireRoom(OwnedFolder wanted, OwnedFolders after) {
        TableName table = wanted.owner();
        requireRoom(wanted, after.folders().size(), MAX_FOLDERS, "");
        requireRoom(
                wanted,
                after.count(owner -> owner.database().equals(table.database())),
                MAX_FOLDERS_OF_DATABASE,
                " of the database " + table.database());
        requireRoom(wanted, after.count(table::equals), MAX_FOLDERS_OF_TABLE, " of " + table);
    }

    private void requireRoom(OwnedFolder wanted, long folders, int most, String whose) {
        if (folders > most) {
            throw new IllegalStateException("%s names %d folders%s already, and has no room for %s of %s: %s"
                    .formatted(
                            store.uriOf(key(wanted.folder())),
                            most,
                            whose,
                            wanted.folder(),
                            wanted.owner(),
                            "remove those that hold no data of their tables, while no execution runs"));
        }
    }

    private boolean write(OwnedFolder wanted, Version known, OwnedFolders folders) {
        return store.putIfUnchanged(key(wanted.folder()), Json.text(folders), known)
                .isPresent();
    }

    private OwnedFolders parse(OwnedFolder wanted, StoredObject stored) {
        return Json.read(stored.body(), OwnedFolders.class, store.uriOf(key(wanted.folder())));
    }

    private static String key(S3Location folder) {
        return StateKeys.owners(folder.bucket());
    }
}
