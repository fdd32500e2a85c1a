package io.fanin.core.lease;

import io.fanin.core.json.Json;
import io.fanin.core.run.Execution;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.table.TableName;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The leases of the tables: an object in the state bucket for each, changed only by conditional puts. No clock is asked:
 * a lease holds as long as the execution that took it is running.
 */
public final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Takers of one lease meet rarely; more conflicts than this mean that something is wrong. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;
    private final ExecutionStatus executions;

    public Leases(ObjectStore store, ExecutionStatus executions) {
        this.store = store;
        this.executions = executions;
    }

    /** What came of wanting a lease. */
    public sealed interface Acquisition {}

    /** The execution has the lease, whether it had it before or not. */
    public static final class Acquired implements Acquisition {

        private final TableName table;
        private final Lease lease;

        private Acquired(TableName table, Lease lease) {
            this.table = table;
            this.lease = lease;
        }
    }

    /**
     * Another execution has the lease and is running.
     *
     * @param holder its ARN
     */
    public record HeldBy(String holder) implements Acquisition {}

    /**
     * Takes the lease of a table where it is free, or its holder is this execution, or an execution that has ended.
     *
     * @throws IllegalStateException when others keep changing it
     */
    public Acquisition acquire(TableName table, Execution execution) {
        Lease mine = Lease.of(execution);
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredObject> stored = store.get(key(table));
            Optional<Lease> lease = stored.map(object -> parse(table, object));
            Optional<String> other = lease.flatMap(Lease::holder).filter(holder -> !holder.equals(execution.id()));
            if (other.isPresent() && executions.isAlive(other.get())) {
                return new HeldBy(other.get());
            }
            if (lease.equals(Optional.of(mine)) || write(table, stored, mine)) {
                other.ifPresent(holder -> LOG.info("the lease of {} is taken over: {} has ended", table, holder));
                return new Acquired(table, mine);
            }
        }
        throw new IllegalStateException(store.uriOf(key(table)) + " was changed by others " + MAX_TRIES
                + " times while it was being taken: run the execution again");
    }

    /**
     * Gives the lease back, unless it has been taken again since. A failure is only logged: the execution's end gives it
     * back too.
     */
    public void release(Acquired acquired) {
        TableName table = acquired.table;
        try {
            store.get(key(table))
                    .filter(object -> parse(table, object).equals(acquired.lease))
                    .ifPresent(object ->
                            store.putIfMatch(key(table), Json.text(acquired.lease.released()), object.etag()));
        } catch (SdkException | UncheckedIOException e) {
            LOG.warn("the lease of {} is kept until the execution ends: {}", table, e.getMessage());
        }
    }

    private boolean write(TableName table, Optional<StoredObject> stored, Lease lease) {
        String text = Json.text(lease);
        return stored.map(object -> store.putIfMatch(key(table), text, object.etag()))
                .orElseGet(() -> store.putIfAbsent(key(table), text));
    }

    private Lease parse(TableName table, StoredObject object) {
        return Json.read(object.body(), Lease.class, store.uriOf(key(table)));
    }

    private static String key(TableName table) {
        return "tables/" + table.database() + "/" + table.table() + "/lease.json";
    }
}
