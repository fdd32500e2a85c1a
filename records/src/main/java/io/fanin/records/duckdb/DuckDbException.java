package io.fanin.records.duckdb;

import java.util.OptionalInt;

/** A statement that DuckDB did not carry out. It does not say whether the database is fit for another. */
public final class DuckDbException extends RuntimeException {

    /** What kind of failure it is, as far as a person does something else about it. */
    public enum Kind {
        /** More memory was needed than the settings give. */
        OUT_OF_MEMORY,
        /** There was no room for a file. */
        NO_SPACE,
        /** It was ended because its time was over. */
        INTERRUPTED,
        OTHER
    }

    private final Kind kind;
    private final transient OptionalInt position;

    DuckDbException(Kind kind, String message, OptionalInt position, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.position = position;
    }

    public Kind kind() {
        return kind;
    }

    /** Where in the statement, in bytes of UTF-8 from 0; empty where DuckDB does not say. */
    public OptionalInt position() {
        return position;
    }
}
