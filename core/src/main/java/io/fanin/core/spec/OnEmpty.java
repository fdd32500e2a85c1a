package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a partition in which something was written, and no data. */
public enum OnEmpty {
    /** It has failed. */
    FAIL,
    /** It is no partition yet: neither registered nor failed. */
    SKIP,
    /** It is registered as it is. */
    REGISTER;

    @JsonValue
    public String label() {
        return Labels.of(this);
    }

    /**
     * The choice of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static OnEmpty of(String label) {
        return Labels.read(OnEmpty.class, label);
    }
}
