package io.fanin.model.spec;

import io.fanin.model.json.Label;

/** The end of an execution whose table is partial. */
public enum OnPartial implements Label {
    /** It fails, so that it can be redriven. */
    FAIL,
    /** It succeeds; the table's status is partial. */
    SUCCEED
}
