package io.fanin.core.tables;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A table, a spec or a database that a run of all tables leaves out.
 *
 * @param what the table's name, the URI of a spec, or the database as the stack's parameter names it
 * @param table the table; empty for a database, and for a spec that does not name it
 * @param message the reason, and the remedy if it is not intended
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SkippedTable(String what, Optional<TableName> table, Reason reason, String message) {

    /** A table of the catalog, whose name may be one that no run can name. */
    static SkippedTable of(TableName table, Reason reason, String message) {
        return new SkippedTable(table.toString(), TableName.find(table.toString()), reason, message);
    }

    /** A table of the catalog that its parameter disables. */
    static SkippedTable disabled(TableName table) {
        return of(table, Reason.DISABLED, "table " + table + " is not enabled, by its parameter fanin.enabled");
    }

    /** The tables that are left out by mistake. */
    public static List<SkippedTable> mistaken(Collection<SkippedTable> leftOut) {
        return leftOut.stream().filter(one -> one.reason().isMistake()).toList();
    }

    /** The same table, which runs have worked on. */
    public SkippedTable noLongerUsable() {
        return new SkippedTable(what, table, Reason.NO_LONGER_USABLE, message);
    }

    /** The reason for leaving it out. */
    public enum Reason {
        /**
         * Its spec or a parameter of the table cannot be read, or is invalid; or the catalog refuses the table, or to
         * list the database.
         */
        UNREADABLE,
        /** The table has more than one spec; none of them is run. */
        SEVERAL_SPECS,
        /** Its spec disables it. */
        DISABLED,
        /**
         * Partitions cannot be registered in the catalog's table: a view, Iceberg, partition projection, no keys, or a
         * SerDe that the table's processor does not know.
         */
        UNUSABLE,
        /** The same of a table that runs have worked on. */
        NO_LONGER_USABLE,
        /** More tables have something to do than a run takes: another run takes it. */
        OVER_LIMIT;

        /** Whether somebody meant it to be run: its data would go on unseen if nobody were told. */
        public boolean isMistake() {
            return switch (this) {
                case UNREADABLE, SEVERAL_SPECS, NO_LONGER_USABLE -> true;
                case DISABLED, UNUSABLE, OVER_LIMIT -> false;
            };
        }
    }
}
