package io.fanin.core.lease;

import io.fanin.core.execution.ExecutionStatus;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The leases of the tables: one object each in the state bucket, changed only by conditional puts. No clock is
 * involved: a lease is valid as long as the execution that took it is running.
 */
public final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Conflicts over a lease are rare; more than this number indicate a defect. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;
    private final ExecutionStatus executions;

    public Leases(ObjectStore store, ExecutionStatus executions) {
        this.store = store;
        this.executions = executions;
    }

    /** The result of trying to take a lease. */
    public sealed interface Acquisition {}

    /** The state of a lease before it was taken. */
    private enum Prior {
        /** No execution had taken it since the acquisition that the caller knew. */
        UNTOUCHED,

        /** The execution held it all the time. */
        HELD,

        /** No execution had held it since it was first read. */
        FREE,

        /** Another execution had held it since. */
        TAKEN_OVER
    }

    /** The execution has the lease, newly or still. */
    public static final class Acquired implements Acquisition {

        private final TableName table;
        private final Lease lease;
        private final Version.Tagged version;
        private final Prior prior;

        private Acquired(TableName table, Lease lease, Version.Tagged version, Prior prior) {
            this.table = table;
            this.lease = lease;
            this.version = version;
            this.prior = prior;
        }

        /**
         * Whether no invocation has taken it since the acquisition that the caller knew, including other invocations of
         * the same execution: data read since then is unchanged.
         */
        public boolean wasUntouched() {
            return prior == Prior.UNTOUCHED;
        }

        /** Whether the execution held it before. */
        public boolean wasHeld() {
            return prior == Prior.UNTOUCHED || prior == Prior.HELD;
        }

        /** Whether no execution has held it since it was first read: data read since then is unchanged. */
        public boolean wasFree() {
            return prior == Prior.FREE;
        }

        /** Identifies this acquisition for a later invocation of the same execution. */
        public String version() {
            return version.etag();
        }
    }

    /** The lease as read before it is taken. */
    public sealed interface Snapshot {

        TableName table();

        /** Whether the run was the last to hold it, so that an earlier invocation has worked for that run. */
        boolean isOf(RunId run);

        /** The ARN of the execution that held it, a running one or one that has ended; empty if there was none. */
        Optional<String> holder();

        /** Whether no execution held it. */
        default boolean isFree() {
            return holder().isEmpty();
        }
    }

    /** A lease that was never taken. */
    private record NeverTaken(TableName table) implements Snapshot {

        @Override
        public boolean isOf(RunId run) {
            return false;
        }

        @Override
        public Optional<String> holder() {
            return Optional.empty();
        }
    }

    private record Taken(TableName table, Lease lease, Version.Tagged version) implements Snapshot {

        @Override
        public boolean isOf(RunId run) {
            return lease.run().equals(run);
        }

        @Override
        public Optional<String> holder() {
            return lease.holder();
        }
    }

    /**
     * Another execution holds the lease and is running.
     *
     * @param holder its ARN
     */
    public record HeldBy(String holder) implements Acquisition {

        /** The message of an execution that fails because it needs the table, too. */
        public String busyMessage(TableName table) {
            return "Table " + table + " is busy: the execution " + holder
                    + " is working on it, and only one at a time can."
                    + " Nothing was changed: redrive this execution when that one has ended.";
        }
    }

    /** Reads a table's lease before it is taken. */
    public Snapshot read(TableName table) {
        return store.get(key(table))
                .<Snapshot>map(object -> new Taken(table, parse(table, object), object.version()))
                .orElseGet(() -> new NeverTaken(table));
    }

    /**
     * Retakes the lease for an invocation of an execution that has held it, with one request if it has not been taken
     * since; otherwise like {@link #reacquire(TableName, Execution)}.
     *
     * @param version of the execution's last acquisition, as far as the caller knows
     * @throws ExecutionEndedException if the execution no longer holds it, and has ended
     */
    public Acquisition reacquire(TableName table, Execution execution, String version) {
        Lease mine = Lease.of(execution);
        return write(table, mine, new Version.Tagged(version))
                .<Acquisition>map(written -> new Acquired(table, mine, written, Prior.UNTOUCHED))
                .orElseGet(() -> reacquire(table, execution));
    }

    /**
     * Like {@link #acquire(TableName, Execution)}, except that it refuses an execution that has ended without holding
     * the lease: an invocation may outlive its execution if the caller has stopped waiting for it.
     *
     * @throws ExecutionEndedException if the execution no longer holds it, and has ended
     */
    public Acquisition reacquire(TableName table, Execution execution) {
        return acquire(read(table), execution, seen -> requireHeldOrAlive(seen, execution));
    }

    private void requireHeldOrAlive(Snapshot seen, Execution execution) {
        if (!seen.holder().equals(Optional.of(execution.id())) && !executions.isAlive(execution)) {
            throw new ExecutionEndedException(seen.table(), execution);
        }
    }

    /**
     * Takes the lease of a table if it is free, or its holder is this execution or has ended.
     *
     * @throws IllegalStateException if other executions keep changing it
     */
    public Acquisition acquire(TableName table, Execution execution) {
        return acquire(read(table), execution);
    }

    /**
     * Takes a lease that the caller has already read.
     *
     * @throws IllegalStateException if other executions keep changing it
     */
    public Acquisition acquire(Snapshot first, Execution execution) {
        return acquire(first, execution, seen -> {});
    }

    /** @param check is called each time the lease has been read, and throws if it may not be taken */
    private Acquisition acquire(Snapshot first, Execution execution, Consumer<Snapshot> check) {
        TableName table = first.table();
        Lease mine = Lease.of(execution);
        boolean wasHeld = true;
        for (int i = 0; i < MAX_TRIES; i++) {
            Snapshot seen = i == 0 ? first : read(table);
            check.accept(seen);
            Optional<String> other = seen.holder().filter(holder -> !holder.equals(execution.id()));
            if (other.isPresent() && executions.isAlive(other.get())) {
                return new HeldBy(other.get());
            }
            wasHeld &= seen.holder().isPresent() && other.isEmpty();
            Optional<Version.Tagged> taken = take(seen, mine);
            if (taken.isPresent()) {
                other.ifPresent(holder -> LOG.info("the lease of {} is taken over: {} has ended", table, holder));
                Prior prior = first.holder().isEmpty() && i == 0 ? Prior.FREE : Prior.TAKEN_OVER;
                return new Acquired(table, mine, taken.get(), wasHeld ? Prior.HELD : prior);
            }
        }
        throw new IllegalStateException(store.uriOf(key(table)) + " was changed by others " + MAX_TRIES
                + " times while it was being taken: run the execution again");
    }

    private Optional<Version.Tagged> take(Snapshot seen, Lease mine) {
        return switch (seen) {
            case NeverTaken(TableName table) -> write(table, mine, Version.NONE);
            case Taken(TableName table, Lease lease, Version.Tagged version) ->
                lease.equals(mine) ? Optional.of(version) : write(table, mine, version);
        };
    }

    private Optional<Version.Tagged> write(TableName table, Lease lease, Version known) {
        return store.putIfUnchanged(key(table), Json.text(lease), known).map(StoredObject::version);
    }

    /**
     * Releases the lease, unless it has been taken again since. A failure is only logged: the lease is free in any case
     * once the execution has ended.
     */
    public void release(Acquired acquired) {
        TableName table = acquired.table;
        try {
            write(table, acquired.lease.released(), acquired.version);
        } catch (SdkException e) {
            LOG.warn("the lease of {} is kept until the execution ends: {}", table, e.getMessage());
        }
    }

    /** The ARN of the running execution that holds a table's lease; empty if there is none. */
    public Optional<String> holder(TableName table) {
        return store.get(key(table))
                .flatMap(object -> parse(table, object).holder())
                .filter(executions::isAlive);
    }

    /** The run that holds a table's lease, or held it last; empty if none ever did. */
    public Optional<RunId> lastRun(TableName table) {
        return store.get(key(table)).map(object -> parse(table, object).run());
    }

    /** Whether the lease has not been taken since. */
    public boolean isHeld(Acquired acquired) {
        return store.get(key(acquired.table))
                .filter(object -> parse(acquired.table, object).equals(acquired.lease))
                .isPresent();
    }

    private Lease parse(TableName table, StoredObject object) {
        return Json.read(object.body(), Lease.class, store.uriOf(key(table)));
    }

    private static String key(TableName table) {
        return StateKeys.table(table).lease();
    }
}
