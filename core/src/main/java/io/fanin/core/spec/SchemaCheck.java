package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the columns that a file names are held against the table's. */
public enum SchemaCheck {
    /** A file without one of the table's columns, or with another type for it, fails its partition. */
    STRICT,
    /** Files may have any columns. */
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
    public static SchemaCheck of(String label) {
        return Labels.read(SchemaCheck.class, label);
    }
}
