package io.fanin.model.spec;

/** The treatment of a partition in which something was written, but no data. */
public enum OnEmpty implements Label {
    /** It has failed. */
    FAIL,
    /** It is not a partition yet: neither registered nor failed. */
    SKIP,
    /** It is registered as it is. */
    REGISTER
}
