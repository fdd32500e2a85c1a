package io.fanin.processor.duckdb;

/** A statement that DuckDB did not carry out. The database can be used on. */
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

    DuckDbException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
