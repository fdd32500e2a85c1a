/**
 * Partitions: keys, values, and the moments that they tell. Pure, and for everybody; {@link
 * io.fanin.core.partition.PartitionTime} reads the moments, {@link io.fanin.core.partition.KeyMapping} translates between
 * the keys of a source and those of its table.
 */
package io.fanin.core.partition;
