package io.fanin.core.run.folder;

/**
 * What a run has begun with: of several invocations of its detector, what the first one has decided.
 *
 * @param manifest of the first pass
 * @param detection that has led to it
 */
public record StartedRun(ManifestSummary manifest, DetectionFiles detection) {}
