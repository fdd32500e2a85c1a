package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The folders of runs. The last one is cached with its immutable documents, so that an environment reads them once.
 * Thread-safe.
 */
public final class RunFolders {

    private final ObjectStore store;
    private final AtomicReference<RunFolder> last = new AtomicReference<>();

    public RunFolders(ObjectStore store) {
        this.store = store;
    }

    /** The folder of a run, whether it exists or not. */
    public RunFolder of(RunId run) {
        return last.updateAndGet(known -> known != null && known.run().equals(run) ? known : new RunFolder(store, run));
    }

    /** Writes the page of a run, replacing the earlier one. */
    public void writePage(RunId run, String html) {
        store.put(StateKeys.run(run).page(), html);
    }
}
