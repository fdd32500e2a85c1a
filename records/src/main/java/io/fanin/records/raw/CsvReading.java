package io.fanin.records.raw;

/** Whose way of reading CSV is followed. */
public enum CsvReading {
    /** Of raw data: the header names the columns, and what is empty is null where nothing else is said to be. */
    BY_HEADER,
    /** Of a table's readers: fields are columns by their place, a header is passed over, and only their null text is null. */
    BY_PLACE
}
