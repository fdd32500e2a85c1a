package io.fanin.core.spec;

/** What becomes of registered partitions whose prefixes hold nothing any more. */
public enum OnVanished implements Label {
    /** They are counted and named. */
    REPORT,
    /** Nobody looks for them. */
    IGNORE,
    /** They are deleted from the catalog, as far as a run of this stack has registered them. */
    DEREGISTER
}
