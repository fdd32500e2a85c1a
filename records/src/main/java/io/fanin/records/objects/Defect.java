package io.fanin.records.objects;

/** Why a partition is invalid. The words are part of results and of the table's record, and never change. */
public enum Defect {
    /** No objects below the prefix that query engines would read. */
    NO_OBJECTS("NoObjects"),
    /** The object ends within compressed data or a record: its writer died or its upload was incomplete. */
    TRUNCATED("Truncated"),
    /** Gzip that is damaged (CRC, length) or followed by other bytes; or an object that is named {@code .gz} and is none. */
    BAD_GZIP("BadGzip"),
    /** Zstandard that is damaged or followed by other bytes. */
    BAD_ZSTD("BadZstd"),
    /** A record that the table's SerDe cannot read, or would read as NULLs. */
    BAD_RECORD("BadRecord"),
    /** Without Parquet's magic bytes, or with a footer that cannot be read. */
    BAD_PARQUET("BadParquet"),
    /** Parquet whose headers contradict each other, so that DuckDB must not read it. */
    CORRUPT("Corrupt"),
    /** Parquet whose columns are not the table's. */
    SCHEMA_MISMATCH("SchemaMismatch"),
    /** Valid data that breaks an expectation of the spec. */
    EXPECTATION_FAILED("ExpectationFailed"),
    /** The function's disk is too small. */
    NO_SPACE("NoSpace"),
    /** By its name or its first bytes in a format or a compression that is not read for this table. */
    WRONG_FORMAT("WrongFormat"),
    /** Deleted between the listing and the read. */
    VANISHED("Vanished"),
    /** Written again between the listing and the read. */
    REPLACED("Replaced"),
    /** In an archive storage class: it has to be restored before it can be read. */
    ARCHIVED("Archived"),
    /** The processor's role may not list the prefix, or read the object or its KMS key. */
    ACCESS_DENIED("AccessDenied");

    private final String errorType;

    Defect(String errorType) {
        this.errorType = errorType;
    }

    /** The stable word for this defect, in CamelCase. */
    public String errorType() {
        return errorType;
    }
}
