package io.fanin.records.tables;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.parquet.ParquetField;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Path;
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

    /** Whether a column has timestamps in nanoseconds, whose values have to be checked. */
    static boolean are(DuckDbType type) {
        return type.name().equals(TYPE);
    }

    /**
     * Requires that each value is a whole number of microseconds: pandas writes nanoseconds whatever the values are.
     */
    void requireMicroseconds(String what, Column column, LocalRows rows) {
        String name = Sql.identifier(column.name());
        String sql = "SELECT CAST(%s AS VARCHAR) FROM %s WHERE epoch_ns(%s) %% 1000 <> 0 LIMIT 1"
                .formatted(name, LocalRows.read(rows.paths()), name);
        for (Optional<String> finer : database.query(sql, deadline.left(), row -> row.text(1))) {
            throw mismatch(
                    what,
                    column,
                    "has a value in the files that is not a whole number of microseconds: "
                            + database.samples().quoting(finer.orElse("")));
        }
    }

    /**
     * Requires that the database reads a column's values completely: it silently truncates nanoseconds that are
     * adjusted to UTC.
     *
     * @param found the column's type, as the database reports it: that of microseconds
     * @throws ConversionException {@code SchemaMismatch}
     */
    void requireNoneCut(String what, Column column, DuckDbType found, LocalRows rows) throws IOException {
        if (!found.shown().contains(WITH_ZONE)) {
            return;
        }
        for (Path file : rows.paths()) {
            ParquetField root = ParquetFooter.read(what, file).root();
            if (root.child(column.name())
                    .filter(ParquetField::hasUtcNanoseconds)
                    .isPresent()) {
                throw mismatch(
                        what,
                        column,
                        "is in nanoseconds adjusted to UTC in the files, of which only microseconds can be read: write it"
                                + " in microseconds");
            }
        }
    }

    private static ConversionException mismatch(String what, Column column, String problem) {
        return new ConversionException(
                FailureCode.SCHEMA_MISMATCH,
                "%s: column '%s' is declared %s, and %s"
                        .formatted(what, LogSafe.beginning(column.name(), NAME), column.type(), problem));
    }
}
