package io.fanin.model.run;

/** The status of a table: the values of its parameter {@code fanin.status}. */
public enum TableStatus {
    /** Everything that was detected is registered. */
    COMPLETE,
    /** At least one partition that was detected is not registered. */
    PARTIAL
}
