package io.fanin.processor.parquet;

import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Runs queries. */
interface Questions {

    /** Whether messages may quote rows. */
    RowSamples samples() throws IOException;

    /**
     * The rows of a query's result.
     *
     * @throws io.fanin.records.duckdb.DuckDbException when the query fails
     */
    <T> List<T> query(String sql, Function<DuckDbRow, T> row) throws IOException;
}
