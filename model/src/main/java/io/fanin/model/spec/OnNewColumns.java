package io.fanin.model.spec;

import io.fanin.model.json.Label;

/** The treatment of columns that the spec has and the table has not. */
public enum OnNewColumns implements Label {
    /** The run is refused, as for any other difference between the columns. */
    FAIL,
    /** They are added to the table if they follow all of its columns. */
    APPEND
}
