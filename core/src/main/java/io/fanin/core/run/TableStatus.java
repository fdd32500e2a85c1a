package io.fanin.core.run;

/** What {@code fanin.status} says. */
public enum TableStatus {
    /** Everything that was detected is registered. */
    COMPLETE,
    /** At least one partition that was detected is not registered. */
    PARTIAL
}
