/**
 * Decides which of the observed partitions have to be processed. The entry point of all detections is
 * {@link io.fanin.detector.select.PartitionSelector}, which reads; {@link io.fanin.detector.select.DetectionPlan}
 * decides, without a client.
 */
package io.fanin.detector.select;
