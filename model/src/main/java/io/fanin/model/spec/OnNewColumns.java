package io.fanin.model.spec;

/** What a run does where its spec has more columns than the table. */
public enum OnNewColumns implements Label {
    /** It is refused, as with any other columns than the table's. */
    FAIL,
    /** They are added to the table, if they come after all that it has. */
    APPEND
}
