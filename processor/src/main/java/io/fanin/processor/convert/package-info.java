/** Converts a partition's raw JSON or CSV into the table's Parquet, from the source to the published files. */
package io.fanin.processor.convert;
