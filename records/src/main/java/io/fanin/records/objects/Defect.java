package io.fanin.records.objects;

/** Why a partition is unsound. The words are part of results and of the table's record, and stay as they are. */
public enum Defect {
    /** Nothing below the prefix that a reader would read. */
    NO_OBJECTS("NoObjects"),
    /** The object ends in the middle of a gzip stream or of a record: its writer died or its upload was cut short. */
    TRUNCATED("Truncated"),
    /** Named {@code .gz}, and not gzip, damaged (CRC, length), or followed by something else. */
    BAD_GZIP("BadGzip"),
    /** Damaged zstd. */
    BAD_ZSTD("BadZstd"),
    /** A record that the table's SerDe cannot read, or would read as NULLs. */
    BAD_RECORD("BadRecord"),
    /** Without Parquet's magic bytes, or with a footer that cannot be read. */
    BAD_PARQUET("BadParquet"),
    /** Parquet whose headers do not agree with each other; DuckDB must not read by them. */
    CORRUPT("Corrupt"),
    /** Parquet whose columns are not the table's. */
    SCHEMA_MISMATCH("SchemaMismatch"),
    /** The data is sound, and not what the spec expects of it. */
    EXPECTATION_FAILED("ExpectationFailed"),
    /** More than the function has room for. */
    NO_SPACE("NoSpace"),
    /** Named like a format or a compression that the table's readers do not read. */
    WRONG_FORMAT("WrongFormat"),
    /** Deleted between the listing and the read. */
    VANISHED("Vanished"),
    /** Written again between the listing and the read. */
    REPLACED("Replaced"),
    /** In an archive storage class: it has to be restored before anybody can read it. */
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
