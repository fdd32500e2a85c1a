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
        store.put(key, text());
    }

    /** Sets the mark before the notification is sent, which must rather be lost than sent twice; false if it is set. */
    public boolean setFirst() {
        return store.putIfAbsent(key, text());
    }

    private String text() {
        return Json.text(Map.of("told", what));
    }
}
