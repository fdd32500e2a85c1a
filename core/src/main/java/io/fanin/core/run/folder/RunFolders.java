package io.fanin.core.run.folder;

import io.fanin.core.run.RunId;
import io.fanin.core.store.ObjectStore;
import java.util.concurrent.atomic.AtomicReference;

/** The folders of runs: the last one is kept with what never changes in it, so that an environment reads that once. Thread-safe. */
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

    /** Writes what people see of a run, in place of what they saw before. */
    public void writePage(RunId run, String html) {
        store.put(of(run).key("report.html"), html);
    }
}
