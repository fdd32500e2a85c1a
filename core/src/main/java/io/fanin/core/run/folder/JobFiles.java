package io.fanin.core.run.folder;

import io.fanin.core.json.Json;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.JobBatch;
import io.fanin.core.store.ObjectStore;
import java.util.Optional;

/** The documents of one batch that a Glue job processes. */
public final class JobFiles {

    private final ObjectStore store;
    private final String work;
    private final String look;

    /** @param stem how the keys begin */
    JobFiles(ObjectStore store, String stem) {
        this.store = store;
        this.work = stem + ".json";
        this.look = stem + "-source.json";
    }

    /** Writes what the job has to do, and says the URI under which the job finds it. */
    public String writeWork(JobBatch batch) {
        store.put(work, Json.text(batch));
        return store.uriOf(work);
    }

    /**
     * Keeps what the source's folders held before the job began, unless that was kept before: what comes later may not be taken
     * for what the job has read.
     *
     * @return what is kept
     */
    public BatchResult keepLook(BatchResult seen) {
        return store.putIfAbsent(look, Json.text(seen)) ? seen : look().orElse(seen);
    }

    /** What the source's folders held before the job began; empty when nobody has looked. */
    public Optional<BatchResult> look() {
        return store.document(look, BatchResult.class);
    }
}
