package io.fanin.core.spec;

/** What becomes of a partition in which something was written, and no data. */
public enum OnEmpty implements Label {
    /** It has failed. */
    FAIL,
    /** It is no partition yet: neither registered nor failed. */
    SKIP,
    /** It is registered as it is. */
    REGISTER
}
