package io.fanin.core.alltables;

/** The outcome of one table in a run of all tables. */
public enum TableOutcome {
    /** Everything that was detected is registered. */
    COMPLETE,
    /** The table was up to date. */
    NOTHING_NEW,
    /** Another execution held the table's lease; this run has changed nothing. */
    BUSY,
    /** Partitions are outstanding. */
    PARTIAL,
    /** The table's execution has failed for another reason, was stopped, or could not be started. */
    FAILED;

    /** Whether the run of all tables succeeds with this outcome. */
    public boolean isFine() {
        return switch (this) {
            case COMPLETE, NOTHING_NEW, BUSY -> true;
            case PARTIAL, FAILED -> false;
        };
    }
}
