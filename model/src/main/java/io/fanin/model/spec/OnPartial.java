package io.fanin.model.spec;

/** How an execution ends whose table is partial. */
public enum OnPartial implements Label {
    /** It fails, so that it can be redriven. */
    FAIL,
    /** It succeeds; the table says that it is partial. */
    SUCCEED
}
