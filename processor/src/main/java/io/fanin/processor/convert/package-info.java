/**
 * Converts a partition's raw JSON or CSV into the table's Parquet, from the source to the published files. For the
 * processor's handling of a batch, and for {@code sql}, which makes partitions in the same way.
 */
package io.fanin.processor.convert;
