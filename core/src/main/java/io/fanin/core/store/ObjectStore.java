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
 * The state bucket, seen as keys and texts. Writes are whole: a reader sees an object as it was or as it is, never half
 * of it. Failures of the service are thrown as the SDK throws them.
 */
public interface ObjectStore {

    /** Names the object in messages, for example {@code s3://state/runs/a/spec.json}. */
    String uriOf(String key);

    Optional<StoredObject> get(String key);

    /** Reads an object that holds a document in JSON, as {@link Json#read} does. */
    default <T> Optional<T> document(String key, Class<T> type) {
        return get(key).map(object -> Json.read(object.body(), type, uriOf(key)));
    }

    /** Opens an object of any size; the caller closes it. */
    Optional<OpenObject> open(String key);

    /** The names of the folders directly below a key prefix that ends in {@code /}, without their slash. */
    List<String> folders(String prefix);

    /**
     * The keys that begin with a prefix and come after another text, in their order, page by page. A page is asked for when it is
     * needed; it holds 1,000 keys at most, and may be empty although others follow.
     */
    Iterator<List<String>> keys(String prefix, String after);

    /** What its writer noted beside an object. */
    Optional<Map<String, String>> notes(String key);

    void put(String key, String body);

    /** Writes a file's content. */
    void put(String key, Path file);

    /** Writes only if the key is free; returns whether it did. */
    boolean putIfAbsent(String key, String body);

    /**
     * Writes a file's content only where nothing is; says whether it did.
     *
     * @param notes written beside the content, names in lower case; 2 KiB at most
     */
    boolean putIfAbsent(String key, Path file, Map<String, String> notes);

    /**
     * Replaces only the version that was read.
     *
     * @param known what was read, or written by this; empty if nothing was there
     * @return the written version; empty if another writer was faster
     */
    Optional<StoredObject> putIfUnchanged(String key, String body, Optional<StoredObject> known);

    /**
     * Deletes objects; one that is not there counts as deleted.
     *
     * @return why each of the others could not be deleted, by its key
     */
    Map<String, String> delete(Collection<String> keys);

    /** An object's text and what identifies this version of them. */
    record StoredObject(String body, String etag) {}

    /**
     * An object's content, and what its writer noted beside it.
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
