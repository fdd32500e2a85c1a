package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How an execution ends whose table is partial. */
public enum OnPartial {
    /** It fails, so that it can be redriven. */
    FAIL,
    /** It succeeds; the table says that it is partial. */
    SUCCEED;

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
    public static OnPartial of(String label) {
        return Labels.read(OnPartial.class, label);
    }
}
