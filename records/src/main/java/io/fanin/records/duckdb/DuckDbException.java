package io.fanin.records.duckdb;

import java.util.OptionalInt;

/** A statement that DuckDB has failed to execute. It does not say whether the database is still usable. */
public final class DuckDbException extends RuntimeException {

    /** The kinds of failure to which a person reacts differently. */
    public enum Kind {
        /** More memory was needed than the settings allow. */
        OUT_OF_MEMORY,
        /** There was no room for a file. */
        NO_SPACE,
        /** It was cancelled at its time limit. */
        INTERRUPTED,
        OTHER
    }

    private final Kind kind;
    private final transient DuckDbMessage message;

    DuckDbException(Kind kind, DuckDbMessage message, Throwable cause) {
        super(message.text(), cause);
        this.kind = kind;
        this.message = message;
    }

    public Kind kind() {
        return kind;
    }

    /** The position in the statement, in UTF-8 bytes from 0; empty if DuckDB gives none. */
    public OptionalInt position() {
        return message.position();
    }
}
