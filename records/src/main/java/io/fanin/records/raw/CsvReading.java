package io.fanin.records.raw;

/** The rules for reading CSV. */
public enum CsvReading {
    /** Raw data: the header names the columns, and an empty field is null unless a null text is set. */
    BY_HEADER,
    /**
     * A table's objects: fields are matched to columns by position, a header is skipped, and only the null text and
     * missing last fields are null.
     */
    BY_PLACE
}
