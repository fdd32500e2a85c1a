package io.fanin.records.tables;

import java.util.List;

/** Takes the rows of a query, one after the other. */
public interface ResultSink {

    /** Called before the first row, also without rows. */
    void columns(List<ResultColumn> columns);

    /** One more row, in the order of the columns, as {@link io.fanin.records.duckdb.DuckDbRow#values} has it. */
    void row(List<Object> values);
}
