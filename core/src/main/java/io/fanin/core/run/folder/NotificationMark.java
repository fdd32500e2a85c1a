package io.fanin.core.run.folder;

import io.fanin.core.json.Json;
import io.fanin.core.store.ObjectStore;
import java.util.Map;

/** Says that something about a run has been told: an invocation that asks later notifies nobody again. */
public record NotificationMark(ObjectStore store, String key, String what) {

    public boolean isSet() {
        return store.get(key).isPresent();
    }

    /** To be called when it has been told. */
    public void set() {
        store.put(key, Json.text(Map.of("told", what)));
    }
}
