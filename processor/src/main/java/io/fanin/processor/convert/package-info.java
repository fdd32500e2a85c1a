/** Converts a partition's raw JSON or CSV into Parquet, typed by the table's columns. */
package io.fanin.processor.convert;
