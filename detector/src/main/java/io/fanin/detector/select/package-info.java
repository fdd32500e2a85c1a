/**
 * Decides of the partitions that were observed which have to be processed. Every way to detect enters by {@link
 * io.fanin.detector.select.PartitionSelector}, which reads; {@link io.fanin.detector.select.DetectionPlan} decides, without
 * a client.
 */
package io.fanin.detector.select;
