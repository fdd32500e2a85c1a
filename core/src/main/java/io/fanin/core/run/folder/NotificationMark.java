package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import java.util.Map;

/** Marks a notification about a run as sent, so that later invocations do not send it again. */
public record NotificationMark(ObjectStore store, String key, String what) {

    public boolean isSet() {
        return store.get(key).isPresent();
    }

    /** Sets the mark, after the notification was sent. */
    public void set() {
        store.put(key, Json.text(Map.of("told", what)));
    }
}
