package io.fanin.core.store;

import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.json.Json;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A JSON document that several writers may change concurrently, only by conditional puts, as it was last read or
 * written.
 */
public final class StoredDocument<T> {

    /** Conflicts between writers of one document are rare; more than this number indicate a defect. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;
    private final String key;
    private final T fresh;
    private final Class<T> type;
    private Version version;
    private T known;

    /**
     * Reads the document.
     *
     * @param fresh its content if there is none
     */
    public StoredDocument(ObjectStore store, String key, T fresh, Class<T> type) {
        this.store = store;
        this.key = key;
        this.fresh = fresh;
        this.type = type;
        this.version = Version.NONE;
        this.known = fresh;
        read();
    }

    /** The document as last read or written. */
    public T known() {
        return known;
    }

    /** Reads it again. */
    public T read() {
        Optional<StoredObject> stored = store.get(key);
        version = stored.<Version>map(StoredObject::version).orElse(Version.NONE);
        known = stored.map(object -> Json.read(object.body(), type, store.uriOf(key)))
                .orElse(fresh);
        return known;
    }

    /**
     * Applies a change to the newest document; the change may be applied several times, but takes effect once. A change
     * without effect is not written.
     *
     * @param onConflict run if another writer has changed the document since, after it was read again
     * @return the current document
     */
    public T update(UnaryOperator<T> change, Runnable onConflict) {
        for (int i = 0; i < MAX_TRIES; i++) {
            T after = change.apply(known);
            if (after.equals(known)) {
                return after;
            }
            Optional<StoredObject> written = store.putIfUnchanged(key, Json.text(after), version);
            if (written.isPresent()) {
                version = written.get().version();
                known = after;
                return after;
            }
            read();
            onConflict.run();
        }
        throw new IllegalStateException(store.uriOf(key) + " was changed by others " + MAX_TRIES
                + " times while it was being updated: run the execution again");
    }
}
