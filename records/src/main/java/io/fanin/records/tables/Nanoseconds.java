package io.fanin.records.tables;

import io.fanin.core.table.Column;
import io.fanin.core.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.util.Iterator;
import java.util.Optional;

/**
 * Checks timestamps in nanoseconds, whose declared types hold microseconds. INT96 is excluded: the database reads it in
 * microseconds, as Spark writes it, and truncates silently.
 *
 * @param deadline of the function
 */
record Nanoseconds(DuckDb database, Deadline deadline) {

    private static final String TYPE = "TIMESTAMP_NS";

    private static final String WITH_ZONE = "TIMESTAMP WITH TIME ZONE";

    private static final int NAME = 100;

    /** Whether a column is one of timestamps in nanoseconds, whose values have to be looked at. */
    static boolean are(DuckDbType type) {
        return type.name().equals(TYPE);
    }

    /**
     * Requires that each value is a whole number of microseconds: pandas writes nanoseconds whatever the values are.
     *
     * @param what the rows are of, for people
     * @throws ConversionException {@code SchemaMismatch}
     */
    void requireMicroseconds(String what, Column column, LocalRows rows) {
        String name = Sql.identifier(column.name());
        String sql = "SELECT CAST(%s AS VARCHAR) FROM %s WHERE epoch_ns(%s) %% 1000 <> 0 LIMIT 1"
                .formatted(name, LocalRows.read(rows.paths()), name);
        for (Optional<String> finer : database.query(sql, deadline.left(), row -> row.text(1))) {
            throw mismatch(
                    what,
                    column,
                    "has a value in the files that is no whole number of microseconds: "
                            + database.samples().quoting(finer.orElse("")));
        }
    }

    /**
     * Requires that the database reads a column's values completely: it silently truncates nanoseconds that are
     * adjusted to UTC.
     *
     * @param found the column's type, as the database tells it: that of microseconds
     * @throws ConversionException {@code SchemaMismatch}
     */
    void requireNoneCut(String what, Column column, DuckDbType found, LocalRows rows) {
        if (!found.shown().contains(WITH_ZONE)) {
            return;
        }
        String sql =
                "SELECT name, num_children, coalesce(logical_type LIKE 'TimestampType(isAdjustedToUTC=1,%NANOS=Nano%',"
                        + " false) FROM parquet_schema(" + Sql.paths(rows.paths()) + ") ORDER BY file_name, column_id";
        Iterator<Element> elements =
                database.query(sql, deadline.left(), Element::of).iterator();
        while (elements.hasNext()) {
            for (long left = elements.next().children(); left > 0; left--) {
                Element top = elements.next();
                boolean cut = isCut(top, elements);
                if (cut && top.name().equalsIgnoreCase(column.name())) {
                    throw mismatch(
                            what,
                            column,
                            "is in nanoseconds adjusted to UTC in the files, of which only microseconds can be read: write it"
                                    + " in microseconds");
                }
            }
        }
    }

    /** Whether an element, or one inside it, is cut; those inside it are taken. */
    private static boolean isCut(Element element, Iterator<Element> elements) {
        boolean cut = element.cut();
        for (long left = element.children(); left > 0; left--) {
            cut |= isCut(elements.next(), elements);
        }
        return cut;
    }

    /** An element of a footer's flat list of columns, each before its children. */
    private record Element(String name, long children, boolean cut) {

        static Element of(DuckDbRow row) {
            return new Element(row.text(1).orElse(""), row.number(2).orElse(0), row.holds(3));
        }
    }

    private static ConversionException mismatch(String what, Column column, String problem) {
        return new ConversionException(
                "SchemaMismatch",
                "%s: column '%s' is declared %s, and %s"
                        .formatted(what, LogSafe.beginning(column.name(), NAME), column.type(), problem));
    }
}
