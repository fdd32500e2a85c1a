package io.fanin.core.alltables;

/** The outcome of one table in a run of all tables. */
public enum TableOutcome {
    /** Everything that was detected is registered. */
    COMPLETE,
    /** There was nothing to do. */
    NOTHING_NEW,
    /** Another execution was working on the table, and this run has not touched it. */
    BUSY,
    /** Partitions are outstanding. */
    PARTIAL,
    /** The table's execution has failed otherwise, was stopped, or could not be started. */
    FAILED;

    /** Whether the run may end well with it. */
    public boolean isFine() {
        return switch (this) {
            case COMPLETE, NOTHING_NEW, BUSY -> true;
            case PARTIAL, FAILED -> false;
        };
    }
}
