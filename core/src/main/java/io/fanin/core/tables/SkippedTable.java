package io.fanin.core.tables;

import io.fanin.model.table.TableName;
import java.util.Optional;

/**
 * A table, or a spec, that a run of all tables passes over.
 *
 * @param what the table's name, or the URI of a spec
 * @param table the table; empty for a spec that does not name it
 * @param message why, and what to do if that is not intended
 */
public record SkippedTable(String what, Optional<TableName> table, Reason reason, String message) {

    /** Why it is passed over. */
    public enum Reason {
        /** Its spec, or a parameter of the table, cannot be read or is refused. */
        UNREADABLE,
        /** There is more than one spec of the table; none of them is run. */
        SEVERAL_SPECS,
        /** Its spec says so. */
        DISABLED,
        /** The catalog's table is none that partitions can be registered in: a view, Iceberg, projected, without keys. */
        UNUSABLE
    }
}
