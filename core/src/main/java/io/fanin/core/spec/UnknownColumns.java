package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a field means that is none of the table's columns or keys. */
public enum UnknownColumns {
    /** It is left out. */
    IGNORE,
    /** Its record is a bad one. */
    BAD;

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
    public static UnknownColumns of(String label) {
        return Labels.read(UnknownColumns.class, label);
    }
}
