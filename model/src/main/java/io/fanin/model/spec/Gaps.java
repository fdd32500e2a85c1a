package io.fanin.model.spec;

/** What periods without a prefix, between the first partition and the newest, mean for a table. */
public enum Gaps implements Label {
    /** They are named. */
    REPORT,
    /** The table is partial until they are there. */
    OUTSTANDING
}
