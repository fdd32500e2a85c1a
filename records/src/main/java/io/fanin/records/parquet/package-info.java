/** Checks that the headers of foreign Parquet objects agree with each other before DuckDB reads them. */
package io.fanin.records.parquet;
