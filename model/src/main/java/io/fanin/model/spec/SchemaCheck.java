package io.fanin.model.spec;

/** How the columns that a file names are held against the table's. */
public enum SchemaCheck implements Label {
    /** A file without one of the table's columns, or with another type for it, fails its partition. */
    STRICT,
    /** Files may have any columns. */
    IGNORE
}
