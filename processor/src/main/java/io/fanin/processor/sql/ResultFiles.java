package io.fanin.processor.sql;

import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.sql.Query;
import io.fanin.records.sql.QueryLimit;
import io.fanin.records.sql.SqlFailure;
import io.fanin.records.sql.WrappedQuery;
import io.fanin.records.tables.QuerySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Executes a query and writes its result as Parquet.
 *
 * @param timeout of the query; without it only the function's deadline applies
 * @param fileMegabytes approximate size of a file
 * @param rowGroupBytes approximate size of a row group before compression
 */
record ResultFiles(
        QuerySession session,
        ResultColumns columns,
        Optional<Duration> timeout,
        Deadline deadline,
        int fileMegabytes,
        long rowGroupBytes) {

    private static final String SELECT = "COPY (SELECT ";

    /** The approximate size of raw data for one megabyte of Parquet, in bytes. */
    private static final long RAW_BYTES_OF_A_MEGABYTE = 4_000_000;

    private QueryLimit limit() {
        QueryLimit limit = QueryLimit.of(deadline);
        return timeout.map(limit::within).orElse(limit);
    }

    /** The files that were written, at least one. */
    record Written(List<Path> files, long rows) {}

    /** Compares the columns of the query's result with the table's; no row is read. */
    void check(Query query) {
        columns.check(session.types(query, limit()));
    }

    /**
     * Writes the result into a folder.
     *
     * @param query already checked
     * @param folder to be created
     * @throws ConversionException {@code SqlError}, {@code SqlResultMismatch}, {@code SchemaMismatch},
     *     {@code SqlTimeout}, {@code DeadlineExceeded}
     */
    Written write(Query query, Path folder) throws IOException {
        WrappedQuery copy = new WrappedQuery(
                SELECT + columns.selection() + " FROM (",
                query,
                ") AS result) TO %s (%s, FILE_SIZE_BYTES '%dMB', FILENAME_PATTERN 'part-{i}')"
                        .formatted(
                                Sql.path(folder), Sql.parquet(Math.min(rowGroupBytes, mostOfAGroup())), fileMegabytes));
        QueryLimit limit = limit();
        try {
            long rows = session.database().execute(copy.sql(), limit.time());
            return new Written(files(folder), rows);
        } catch (DuckDbException e) {
            throw session.defect(e).or(() -> unfit(copy, e)).orElseGet(() -> limit.failure(copy.where(e), e));
        }
    }

    /** The maximum size of a row group: that of a file, since a file contains at least one row group. */
    private long mostOfAGroup() {
        return fileMegabytes * RAW_BYTES_OF_A_MEGABYTE;
    }

    /** The error for a value that its column cannot hold, found by the position of the failed cast. */
    private Optional<ConversionException> unfit(WrappedQuery copy, DuckDbException e) {
        OptionalInt position = copy.positionBefore(e);
        return position.isEmpty()
                ? Optional.empty()
                : columns.at(position.getAsInt() - SELECT.length())
                        .map(column ->
                                SqlFailure.mismatch("column '%s' is %s in the table, and a value does not fit: %s"
                                        .formatted(
                                                LogSafe.beginning(column.name(), 100),
                                                column.type(),
                                                LogSafe.ofLines(SqlFailure.withoutName(e), 300))));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparingInt(
                                    (Path file) -> file.toString().length())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }
}
