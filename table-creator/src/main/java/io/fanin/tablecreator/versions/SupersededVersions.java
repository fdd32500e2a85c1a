package io.fanin.tablecreator.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The superseded versions of partitions that are to be removed, in the state bucket: one object for each pass that has
 * superseded any.
 */
record SupersededVersions(ObjectStore store) {

    /**
     * The superseded versions of one partition.
     *
     * @param folder the partition's
     * @param versions the names of their folders in it; an empty one for files that lie directly in it
     */
    record Superseded(PartitionValues values, S3Location folder, List<String> versions) {

        /** The versions' own folders. */
        Stream<S3Location> folders() {
            return versions.stream().map(this::folderOf);
        }

        private Superseded only(Predicate<S3Location> folders) {
            return new Superseded(
                    values,
                    folder,
                    versions.stream()
                            .filter(version -> folders.test(folderOf(version)))
                            .toList());
        }

        private S3Location folderOf(String version) {
            return new S3Location(
                    folder.bucket(), version.isEmpty() ? folder.prefix() : folder.prefix() + version + "/");
        }
    }

    /**
     * The content of an object.
     *
     * @param run the URI of the folder of the run that has superseded them
     * @param takenOver the tables from which the table has taken its folder over: versions may be theirs
     */
    record Note(
            String run,
            List<Superseded> partitions,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TableName> takenOver) {

        /** A note that names no tables is one of the table's own versions. */
        Note {
            partitions = List.copyOf(partitions);
            takenOver = takenOver == null ? List.of() : List.copyOf(takenOver);
        }

        /** The first partitions. */
        Note first(int some) {
            return new Note(run, partitions.subList(0, some), takenOver);
        }

        /** The note without these versions. */
        Note without(Set<S3Location> folders) {
            return new Note(run, only(folder -> !folders.contains(folder)).toList(), takenOver);
        }

        /** The note with these versions of another note of the same key, too. */
        Note with(Note other, Set<S3Location> folders) {
            Stream<Superseded> more = other.only(folders::contains);
            return new Note(other.run, Stream.concat(partitions.stream(), more).toList(), other.takenOver);
        }

        private Stream<Superseded> only(Predicate<S3Location> folders) {
            return partitions.stream()
                    .map(partition -> partition.only(folders))
                    .filter(partition -> !partition.versions().isEmpty());
        }

        /** The note without its first partitions. */
        Note after(int first) {
            return new Note(run, partitions.subList(first, partitions.size()), takenOver);
        }
    }

    /**
     * Writes a note of versions that are to be removed.
     *
     * @param due when they may be removed
     * @param token distinguishes the pass
     * @return its key
     */
    String put(TableName table, Instant due, String token, Note note) {
        String key = StateKeys.table(table).superseded().note(due, token);
        store.put(key, Json.text(note));
        return key;
    }

    /**
     * The keys of all notes of a table, in their order: of the passes of a day, and what later ones have still to do.
     */
    List<String> keys(TableName table) {
        String folder = StateKeys.table(table).superseded().folder();
        List<String> keys = new ArrayList<>();
        store.keys(folder, folder).forEachRemaining(keys::addAll);
        return keys;
    }

    /**
     * The keys that are due, in their order.
     *
     * @param keys of all notes
     * @param most the maximum number of keys
     */
    static List<String> due(TableName table, List<String> keys, Instant now, int most) {
        String end = StateKeys.table(table).superseded().end(now);
        return keys.stream()
                .takeWhile(key -> key.compareTo(end) < 0)
                .limit(most)
                .toList();
    }

    /** Whether a key is that of a note with this token. */
    static boolean isOf(TableName table, String key, String token) {
        return StateKeys.table(table).superseded().isOf(key, token);
    }

    /**
     * Leaves the versions in these folders out of the note of this key. One of which nothing is left is deleted when it
     * is due: that nobody may delete it now keeps no pass from going on.
     */
    void leaveOut(String key, Set<S3Location> folders) {
        store.put(key, Json.text(read(key).without(folders)));
    }

    boolean wasDueBefore(TableName table, String key, Instant moment) {
        return key.compareTo(StateKeys.table(table).superseded().end(moment)) < 0;
    }

    /**
     * For the folder of each version that a note after a key names, the last such note's key; reads all these notes.
     */
    Map<S3Location, String> lastNotesAfter(TableName table, String first) {
        Map<S3Location, String> last = new HashMap<>();
        store.keys(StateKeys.table(table).superseded().folder(), first)
                .forEachRemaining(page -> page.forEach(key -> read(key).partitions().stream()
                        .flatMap(Superseded::folders)
                        .forEach(folder -> last.put(folder, key))));
        return last;
    }

    Note read(String key) {
        return store.document(key, Note.class).orElse(new Note("", List.of(), List.of()));
    }

    /**
     * Replaces the content of an object, and deletes the object if nothing is left.
     *
     * @throws UncheckedIOException if the object could not be deleted
     */
    void replace(String key, Note left) {
        if (left.partitions().isEmpty()) {
            store.delete(List.of(key)).values().forEach(error -> {
                throw new UncheckedIOException(new IOException(store.uriOf(key) + " could not be deleted: " + error));
            });
        } else {
            store.put(key, Json.text(left));
        }
    }
}
