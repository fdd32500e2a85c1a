package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What is done with a record that the table's columns cannot hold. */
public enum OnBadRecord {
    /** It is written into the run folder, with its file, its line and the reason. */
    QUARANTINE,
    /** Its partition fails. */
    FAIL,
    /** It is counted, and left out. */
    IGNORE;

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
    public static OnBadRecord of(String label) {
        return Labels.read(OnBadRecord.class, label);
    }
}
