package io.fanin.model.run.detection;

import io.fanin.model.partition.Partition;

/** A partition that has to be processed, and why. */
public record Candidate(Partition partition, Reason reason) {}
