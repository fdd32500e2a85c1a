/**
 * DuckDB in this process: an in-memory database that can access nothing but one folder. Only this package uses the
 * driver; others pass SQL, and rows in chunks.
 */
package io.fanin.records.duckdb;
