package io.fanin.model.spec.processor;

import io.fanin.model.json.Label;

/** The comparison of a file's named columns with the table's. */
public enum SchemaCheck implements Label {
    /** A file without one of the table's columns, or with another type for it, fails its partition. */
    STRICT,
    /** Files may have any columns. */
    IGNORE
}
