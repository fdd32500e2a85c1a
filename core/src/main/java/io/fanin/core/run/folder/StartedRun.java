package io.fanin.core.run.folder;

/**
 * A run's first pass: of several invocations of its detector, the decision of the first one.
 *
 * @param manifest of the first pass
 * @param detection that has led to it
 */
public record StartedRun(ManifestSummary manifest, DetectionFiles detection) {}
