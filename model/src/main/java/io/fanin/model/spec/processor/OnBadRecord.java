package io.fanin.model.spec.processor;

import io.fanin.model.json.Label;

/** The treatment of a record that the table's columns cannot hold. */
public enum OnBadRecord implements Label {
    /** It is written into the run folder, with its file, its line and the reason. */
    QUARANTINE,
    /** Its partition fails. */
    FAIL,
    /** It is counted and left out. */
    IGNORE
}
