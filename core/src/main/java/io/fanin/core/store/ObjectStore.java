package io.fanin.core.store;

import io.fanin.model.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state bucket as keys and text. Writes are atomic: a reader sees either the earlier or the later object. Failures
 * of the service are thrown as the SDK throws them.
 */
public interface ObjectStore {

    /** The object's URI for messages, for example {@code s3://state/runs/a/spec.json}. */
    String uriOf(String key);

    Optional<StoredObject> get(String key);

    /**
     * The same store, in which {@link #get} throws for a larger object, whose content it does not read.
     *
     * @param bytes the largest object that is read
     */
    ObjectStore readingAtMost(long bytes);

    /** Reads a JSON document, as {@link Json#read} does. */
    default <T> Optional<T> document(String key, Class<T> type) {
        return get(key).map(object -> Json.read(object.body(), type, uriOf(key)));
    }

    /** Opens an object of any size; the caller closes it. */
    Optional<OpenObject> open(String key);

    /** The names of the folders directly below a key prefix that ends in {@code /}, without their slash. */
    List<String> folders(String prefix);

    /**
     * The keys that begin with a prefix and sort after a given text, in their order, page by page. Pages are requested
     * when needed; each has at most 1,000 keys, and may be empty although others follow.
     */
    Iterator<List<String>> keys(String prefix, String after);

    /** The notes that an object's writer added to it; empty if there is no object. */
    Optional<Map<String, String>> notes(String key);

    void put(String key, String body);

    /** Writes a file's content. */
    void put(String key, Path file);

    /** Writes only if there is no object; returns whether it was written. */
    boolean putIfAbsent(String key, String body);

    /**
     * Writes a file's content only if there is no object; returns whether it was written.
     *
     * @param notes written as the object's metadata, names in lower case; 2 KiB at most
     */
    boolean putIfAbsent(String key, Path file, Map<String, String> notes);

    /**
     * Replaces only the version that was read.
     *
     * @param known the version that was read, or written by this method
     * @return the written object; empty if another writer was faster
     */
    Optional<StoredObject> putIfUnchanged(String key, String body, Version known);

    /**
     * Deletes objects; one that is not there counts as deleted.
     *
     * @return the reasons for which objects could not be deleted, by key
     */
    Map<String, String> delete(Collection<String> keys);

    /** The state of a key, for conditional writes. */
    sealed interface Version {

        /** Nothing. */
        Version NONE = new None();

        record None() implements Version {}

        record Tagged(String etag) implements Version {}
    }

    /** An object's text. */
    record StoredObject(String body, Version.Tagged version) {

        public StoredObject(String body, String etag) {
            this(body, new Version.Tagged(etag));
        }
    }

    /**
     * An object's content with its writer's notes.
     *
     * @param written when it was written, by the service's clock, in whole seconds
     */
    record OpenObject(InputStream content, Map<String, String> notes, Instant written) implements Closeable {

        public OpenObject {
            notes = Map.copyOf(notes);
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
