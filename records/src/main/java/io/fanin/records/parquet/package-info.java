/** Whether the headers of Parquet that others wrote agree with each other, told before DuckDB reads by them. */
package io.fanin.records.parquet;
