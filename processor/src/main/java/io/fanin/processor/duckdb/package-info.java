/** DuckDB inside a function: one database in memory, shut off from everything but a folder. */
package io.fanin.processor.duckdb;
