/**
 * Converts a partition's raw JSON or CSV from the source into published Parquet files of the table. Used for batches of
 * the processor {@code convert}, and by {@code sql}, which makes partitions in the same way.
 */
package io.fanin.processor.convert;
