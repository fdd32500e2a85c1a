package io.fanin.core.lease;

import io.fanin.core.json.Json;
import io.fanin.core.run.Execution;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.table.TableName;
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
        private final StoredObject stored;
        private final boolean wasHeld;

        private Acquired(TableName table, Lease lease, StoredObject stored, boolean wasHeld) {
            this.table = table;
            this.lease = lease;
            this.stored = stored;
            this.wasHeld = wasHeld;
        }

        /** Whether the execution had it before: else what was read without the lease may have been changed by others. */
        public boolean wasHeld() {
            return wasHeld;
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
        boolean wasHeld = true;
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredObject> stored = store.get(key(table));
            Optional<Lease> lease = stored.map(object -> parse(table, object));
            Optional<String> other = lease.flatMap(Lease::holder).filter(holder -> !holder.equals(execution.id()));
            if (other.isPresent() && executions.isAlive(other.get())) {
                return new HeldBy(other.get());
            }
            wasHeld &= lease.flatMap(Lease::holder).isPresent() && other.isEmpty();
            Optional<StoredObject> taken = lease.equals(Optional.of(mine))
                    ? stored
                    : store.putIfUnchanged(key(table), Json.text(mine), stored);
            if (taken.isPresent()) {
                other.ifPresent(holder -> LOG.info("the lease of {} is taken over: {} has ended", table, holder));
                return new Acquired(table, mine, taken.get(), wasHeld);
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
            store.putIfUnchanged(key(table), Json.text(acquired.lease.released()), Optional.of(acquired.stored));
        } catch (SdkException e) {
            LOG.warn("the lease of {} is kept until the execution ends: {}", table, e.getMessage());
        }
    }

    /** The ARN of the execution that has the lease of a table and is running. */
    public Optional<String> holder(TableName table) {
        return store.get(key(table))
                .flatMap(object -> parse(table, object).holder())
                .filter(executions::isAlive);
    }

    /** Whether nobody has taken the lease since. */
    public boolean isHeld(Acquired acquired) {
        return store.get(key(acquired.table))
                .filter(object -> parse(acquired.table, object).equals(acquired.lease))
                .isPresent();
    }

    private Lease parse(TableName table, StoredObject object) {
        return Json.read(object.body(), Lease.class, store.uriOf(key(table)));
    }

    private static String key(TableName table) {
        return "tables/" + table.database() + "/" + table.table() + "/lease.json";
    }
}
