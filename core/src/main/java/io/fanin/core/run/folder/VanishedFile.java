package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.VanishedList;
import java.util.Optional;

/** The list of the partitions that a run is to deregister, in the run folder. */
public record VanishedFile(ObjectStore store, String key) {

    public void write(VanishedList list) {
        store.put(key, Json.text(list));
    }

    /** The list; empty if it has expired. */
    public Optional<VanishedList> find() {
        return store.document(key, VanishedList.class);
    }
}
