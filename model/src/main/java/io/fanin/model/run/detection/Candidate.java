package io.fanin.model.run.detection;

import io.fanin.model.partition.Partition;

/** A partition to process, and the reason for it. */
public record Candidate(Partition partition, Reason reason) {}
