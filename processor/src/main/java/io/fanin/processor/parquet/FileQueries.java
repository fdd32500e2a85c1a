package io.fanin.processor.parquet;

import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.scratch.Deadline;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs queries about files on the function's disk until the deadline.
 *
 * @param progress describes the work done so far, for people, when the deadline passes
 */
record FileQueries(DuckDb database, Deadline deadline, Supplier<String> progress) {

    /** The rows of a query's result. */
    <T> List<T> query(String sql, Function<DuckDbRow, T> row) {
        deadline.check(progress);
        return database.query(sql, deadline.left(), row);
    }
}
