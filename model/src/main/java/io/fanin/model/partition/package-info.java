/**
 * Partitions: keys, values, and the times in them. Pure, and public; {@link io.fanin.model.partition.PartitionTime}
 * reads the times, {@link io.fanin.model.partition.KeyMapping} translates between the keys of a source and those of its
 * table.
 */
package io.fanin.model.partition;
