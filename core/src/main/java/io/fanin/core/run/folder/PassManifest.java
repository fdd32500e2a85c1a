package io.fanin.core.run.folder;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a pass's manifest, beside its batches.
 *
 * @param written when it was written: what the pass processes, it saw after that moment, and of two passes of a table the
 *     later one has seen the newer
 * @param detection that has led to it; empty for a later pass than the first
 * @param lease the acquisition of the table's lease that its writer had; empty where nobody noted it
 */
public record PassManifest(Instant written, Optional<DetectionFiles> detection, Optional<String> lease) {}
