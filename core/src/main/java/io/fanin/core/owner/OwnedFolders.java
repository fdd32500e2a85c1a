package io.fanin.core.owner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The owned folders of one bucket. Folders of different tables do not overlap. A table keeps the folders that it ever
 * had, since partitions in them may still be registered, until another table takes them over.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record OwnedFolders(int version, List<OwnedFolder> folders) {

    /** The version of this document's shape. */
    private static final int VERSION = 1;

    static final OwnedFolders NONE = new OwnedFolders(VERSION, List.of());

    OwnedFolders {
        folders = List.copyOf(folders);
    }

    /** Another table's folder that overlaps with this one; folders of tables in {@code giveUp} are ignored. */
    Optional<OwnedFolder> inTheWayOf(TableName table, S3Location folder, Set<TableName> giveUp) {
        return others(table, folder)
                .filter(other -> !giveUp.contains(other.owner()))
                .findFirst();
    }

    /** The folders with the wanted one added, and other owners' overlapping folders removed. */
    OwnedFolders with(OwnedFolder wanted) {
        List<OwnedFolder> yielding = others(wanted.owner(), wanted.folder()).toList();
        boolean isThere = folders.stream()
                .anyMatch(one ->
                        one.owner().equals(wanted.owner()) && one.folder().equals(wanted.folder()));
        return new OwnedFolders(
                version,
                Stream.concat(
                                folders.stream().filter(one -> !yielding.contains(one)),
                                Stream.of(wanted).filter(one -> !isThere))
                        .toList());
    }

    /** The number of folders of such tables. */
    long count(Predicate<TableName> owner) {
        return folders.stream().map(OwnedFolder::owner).filter(owner).count();
    }

    private Stream<OwnedFolder> others(TableName table, S3Location folder) {
        return folders.stream()
                .filter(other -> !other.owner().equals(table) && other.folder().overlaps(folder));
    }
}
