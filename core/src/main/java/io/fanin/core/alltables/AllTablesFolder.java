package io.fanin.core.alltables;

import io.fanin.core.run.folder.NotificationMark;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.AllTablesKeys;
import io.fanin.model.run.RunId;
import java.util.Optional;
import java.util.function.Supplier;

/** The folder of a run of all tables in the state bucket. */
public record AllTablesFolder(ObjectStore store, RunId run) {

    /**
     * Selects the tables to run, unless an earlier invocation has, and writes them for the Map.
     *
     * @return the selection that applies, by this invocation or an earlier one
     */
    public Selection begin(Supplier<Selection> mine) {
        Optional<Selection> earlier = selection();
        if (earlier.isEmpty()) {
            store.putIfAbsent(keys().selection(), Json.text(mine.get()));
        }
        Selection standing = earlier.or(this::selection)
                .orElseThrow(() -> new IllegalStateException(store.uriOf(keys().selection())
                        + " has been deleted while it was written: start a new execution"));
        store.put(itemsKey(), Json.text(standing.items()));
        return standing;
    }

    /** The selection; empty if there is no such run, it has not selected its tables yet, or it has expired. */
    public Optional<Selection> selection() {
        return store.document(keys().selection(), Selection.class);
    }

    /** The key of the Map's items, an array. */
    public String itemsKey() {
        return keys().items();
    }

    public void write(AllTablesReport report) {
        store.put(keys().report(), Json.text(report));
    }

    /** The run's report; empty if the run has not been summed up. */
    public Optional<AllTablesReport> report() {
        return store.document(keys().report(), AllTablesReport.class);
    }

    public String reportUri() {
        return store.uriOf(keys().report());
    }

    /**
     * The marker of a notification that was sent about the run.
     *
     * @param what the name of the notification within the run, with that of its listener
     */
    public NotificationMark notificationMark(String what) {
        return new NotificationMark(store, keys().announced(what), what);
    }

    private AllTablesKeys keys() {
        return StateKeys.allTables(run);
    }
}
