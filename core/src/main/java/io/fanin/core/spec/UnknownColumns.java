package io.fanin.core.spec;

/** What a field means that is none of the table's columns or keys. */
public enum UnknownColumns implements Label {
    /** It is left out. */
    IGNORE,
    /** Its record is a bad one. */
    BAD
}
