package io.fanin.core.lease;

import io.fanin.core.json.Json;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunId;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.table.TableName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The leases of the tables: an object in the state bucket for each, changed only by conditional puts. No clock is
 * involved: a lease holds as long as the execution that took it is running.
 */
public final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Conflicts over a lease are rare; more than this mean that something is wrong. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;
    private final ExecutionStatus executions;

    public Leases(ObjectStore store, ExecutionStatus executions) {
        this.store = store;
        this.executions = executions;
    }

    /** The result of trying to take a lease. */
    public sealed interface Acquisition {}

    /** The execution has the lease, whether it had it before or not. */
    public static final class Acquired implements Acquisition {

        private final TableName table;
        private final Lease lease;
        private final StoredObject stored;
        private final boolean wasHeld;
        private final boolean wasFree;

        private Acquired(TableName table, Lease lease, StoredObject stored, boolean wasHeld, boolean wasFree) {
            this.table = table;
            this.lease = lease;
            this.stored = stored;
            this.wasHeld = wasHeld;
            this.wasFree = wasFree;
        }

        /**
         * Whether the execution held it before: otherwise data read without the lease may have been changed by other
         * executions.
         */
        public boolean wasHeld() {
            return wasHeld;
        }

        /**
         * Whether no execution has held it since it was first read: data read since then is unchanged.
         */
        public boolean wasFree() {
            return wasFree;
        }

        /** Identifies this acquisition for a later invocation of the same execution. */
        public String version() {
            return stored.etag();
        }
    }

    /** The lease as it was read, before it is taken. */
    public static final class Seen {

        private final TableName table;
        private final Optional<StoredObject> stored;
        private final Optional<Lease> lease;

        private Seen(TableName table, Optional<StoredObject> stored, Optional<Lease> lease) {
            this.table = table;
            this.stored = stored;
            this.lease = lease;
        }

        public TableName table() {
            return table;
        }

        /** Whether the run was the last to have it: an earlier invocation has worked for that run. */
        public boolean isOf(RunId run) {
            return lease.map(Lease::run).equals(Optional.of(run));
        }

        private Optional<String> holder() {
            return lease.flatMap(Lease::holder);
        }
    }

    /**
     * Another execution has the lease and is running.
     *
     * @param holder its ARN
     */
    public record HeldBy(String holder) implements Acquisition {}

    /** Reads a table's lease before it is taken. */
    public Seen see(TableName table) {
        Optional<StoredObject> stored = store.get(key(table));
        return new Seen(table, stored, stored.map(object -> parse(table, object)));
    }

    /**
     * Retakes a lease that the execution still holds, with one request; otherwise like
     * {@link #acquire(TableName, Execution)}.
     *
     * @param version of the execution's last acquisition, as far as the caller knows
     */
    public Acquisition acquire(TableName table, Execution execution, String version) {
        Lease mine = Lease.of(execution);
        Optional<StoredObject> taken =
                store.putIfUnchanged(key(table), Json.text(mine), Optional.of(new StoredObject("", version)));
        return taken.isPresent() ? new Acquired(table, mine, taken.get(), true, false) : acquire(table, execution);
    }

    /**
     * Takes the lease of a table where it is free, or its holder is this execution, or an execution that has ended.
     *
     * @throws IllegalStateException when others keep changing it
     */
    public Acquisition acquire(TableName table, Execution execution) {
        return acquire(see(table), execution);
    }

    /**
     * The same, for a caller that has already read the lease.
     *
     * @throws IllegalStateException when others keep changing it
     */
    public Acquisition acquire(Seen first, Execution execution) {
        TableName table = first.table;
        Lease mine = Lease.of(execution);
        boolean wasHeld = true;
        for (int i = 0; i < MAX_TRIES; i++) {
            Seen seen = i == 0 ? first : see(table);
            Optional<String> other = seen.holder().filter(holder -> !holder.equals(execution.id()));
            if (other.isPresent() && executions.isAlive(other.get())) {
                return new HeldBy(other.get());
            }
            wasHeld &= seen.holder().isPresent() && other.isEmpty();
            Optional<StoredObject> taken = seen.lease.equals(Optional.of(mine))
                    ? seen.stored
                    : store.putIfUnchanged(key(table), Json.text(mine), seen.stored);
            if (taken.isPresent()) {
                other.ifPresent(holder -> LOG.info("the lease of {} is taken over: {} has ended", table, holder));
                return new Acquired(
                        table, mine, taken.get(), wasHeld, first.holder().isEmpty() && i == 0);
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

    /** Whether no execution has taken the lease since. */
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
