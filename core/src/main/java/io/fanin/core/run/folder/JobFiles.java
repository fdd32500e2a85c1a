package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys.PassKeys;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.JobBatch;
import java.util.Optional;

/** The documents of one batch that a Glue job processes. */
public final class JobFiles {

    private final ObjectStore store;
    private final String work;
    private final String sourceKey;

    JobFiles(ObjectStore store, PassKeys pass, int batch) {
        this.store = store;
        this.work = pass.jobWork(batch);
        this.sourceKey = pass.jobSource(batch);
    }

    /** Writes the job's work list, and returns its URI. */
    public String writeWork(JobBatch batch) {
        store.put(work, Json.text(batch));
        return store.uriOf(work);
    }

    /**
     * Records the content of the source's folders and of the table's before the job begins, unless already recorded:
     * later data does not count as read by the job, nor objects of an earlier attempt as older than the job.
     *
     * @return the content as recorded
     */
    public BatchResult writeSourceInventory(BatchResult seen) {
        return store.putIfAbsent(sourceKey, Json.text(seen))
                ? seen
                : sourceInventory().orElse(seen);
    }

    /** The content of these folders before the job began; empty if it was not recorded. */
    public Optional<BatchResult> sourceInventory() {
        return store.document(sourceKey, BatchResult.class);
    }
}
