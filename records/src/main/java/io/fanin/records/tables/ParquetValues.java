package io.fanin.records.tables;

import io.fanin.model.table.Column;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.Printable;
import io.fanin.records.sql.SqlFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the values of a Parquet file after a query of it has failed. The database does not always name the file that it
 * cannot read, and fails likewise if the query itself is wrong.
 */
public final class ParquetValues {

    private ParquetValues() {}

    /** The columns as SQL expressions; the file has all of them. */
    static List<String> of(List<Column> columns) {
        return columns.stream().map(column -> Sql.identifier(column.name())).toList();
    }

    /**
     * The reason why a file's values cannot be read, for people, to follow the object's name. Absent if they can be
     * read, if memory or time do not suffice, or if the database is unusable since the failure.
     *
     * @param relation SQL that reads the file with all of its columns
     */
    public static Optional<String> defect(DuckDb database, Path file, String relation, Duration limit) {
        return defect(database, file, relation, List.of("COLUMNS(*)"), limit);
    }

    /**
     * The reason why some columns of a file cannot be read, likewise.
     *
     * @param columns in SQL
     */
    static Optional<String> defect(DuckDb database, Path file, List<String> columns, Duration limit) {
        return defect(database, file, LocalRows.read(List.of(file)), columns, limit);
    }

    private static Optional<String> defect(
            DuckDb database, Path file, String relation, List<String> columns, Duration limit) {
        if (!limit.isPositive() || !isAlive(database, limit)) {
            return Optional.empty();
        }
        String hashes =
                columns.stream().map(column -> "max(hash(" + column + "))").collect(Collectors.joining(", "));
        try {
            database.query("SELECT " + hashes + " FROM " + relation, limit, row -> row.text(1));
            return Optional.empty();
        } catch (DuckDbException e) {
            return e.kind() == DuckDbException.Kind.OTHER
                    ? Optional.of(" is corrupt: its values cannot be read (" + why(e, file) + "); write it again")
                    : Optional.empty();
        }
    }

    private static boolean isAlive(DuckDb database, Duration limit) {
        try {
            database.query("SELECT 1", limit, row -> row.text(1));
            return true;
        } catch (DuckDbException e) {
            return false;
        }
    }

    private static String why(DuckDbException e, Path file) {
        return Printable.prose(SqlFailure.withoutName(e).replace("file \"" + file.getFileName() + "\"", "the object"));
    }
}
