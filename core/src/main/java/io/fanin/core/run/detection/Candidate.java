package io.fanin.core.run.detection;

import io.fanin.core.partition.Partition;

/** A partition that has to be processed, and why. */
public record Candidate(Partition partition, Reason reason) {}
