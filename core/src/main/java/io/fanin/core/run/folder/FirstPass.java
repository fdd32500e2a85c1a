package io.fanin.core.run.folder;

/**
 * A run's first pass, as determined by the first of its detector's invocations.
 *
 * @param manifest of the first pass
 * @param detection on which it is based
 */
public record FirstPass(ManifestSummary manifest, DetectionFiles detection) {}
