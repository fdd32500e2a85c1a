package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.VanishedList;
import java.util.Optional;

/** Where a run keeps which partitions it is to deregister. */
public record VanishedFile(ObjectStore store, String key) {

    public void write(VanishedList list) {
        store.put(key, Json.text(list));
    }

    /** Empty when it has expired. */
    public Optional<VanishedList> find() {
        return store.document(key, VanishedList.class);
    }
}
