package io.fanin.core.run;

/** How much a pass has to do. */
public record ManifestSummary(int partitions, int batches) {}
