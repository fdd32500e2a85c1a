package io.fanin.model.spec.processor;

import io.fanin.model.json.Label;

/** The treatment of a field that is not one of the table's columns or keys. */
public enum UnknownColumns implements Label {
    /** It is left out. */
    IGNORE,
    /** Its record is a bad record. */
    BAD
}
