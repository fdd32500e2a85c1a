package io.fanin.processor.parquet;

import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A database that is asked. */
interface Questions {

    /** Whether what is said of rows may quote them. */
    RowSamples samples() throws IOException;

    /**
     * Asks for rows.
     *
     * @throws io.fanin.records.duckdb.DuckDbException when there is no answer
     */
    <T> List<T> query(String sql, Function<DuckDbRow, T> row) throws IOException;
}
