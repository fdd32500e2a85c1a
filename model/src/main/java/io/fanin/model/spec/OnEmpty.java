package io.fanin.model.spec;

import io.fanin.model.json.Label;

/** The treatment of a partition whose prefix has objects, but no data. */
public enum OnEmpty implements Label {
    /** It fails. */
    FAIL,
    /** It is skipped: neither registered nor failed. */
    SKIP,
    /** It is registered as it is. */
    REGISTER
}
