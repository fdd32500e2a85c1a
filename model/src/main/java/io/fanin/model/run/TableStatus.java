package io.fanin.model.run;

/** The values of {@code fanin.status}. */
public enum TableStatus {
    /** Everything that was detected is registered. */
    COMPLETE,
    /** At least one partition that was detected is not registered. */
    PARTIAL
}
