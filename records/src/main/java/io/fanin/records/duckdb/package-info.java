/**
 * DuckDB inside a process: one database in memory, shut off from everything but a folder. The only package that knows the
 * driver; others send it SQL and rows in chunks.
 */
package io.fanin.records.duckdb;
