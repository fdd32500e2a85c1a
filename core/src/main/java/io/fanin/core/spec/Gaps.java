package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What periods without a prefix, between the first partition and the newest, mean for a table. */
public enum Gaps {
    /** They are named. */
    REPORT,
    /** The table is partial until they are there. */
    OUTSTANDING;

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
    public static Gaps of(String label) {
        return Labels.read(Gaps.class, label);
    }
}
