package io.fanin.core.run.folder;

import java.time.Instant;
import java.util.Optional;

/**
 * The metadata of a pass's manifest.
 *
 * @param written when it was written: the pass reads the data that it processes after that time, and of two passes of a
 *     table the later one reads the newer data
 * @param detection that has led to it; empty for a later pass than the first
 * @param lease the acquisition of the table's lease that its writer had; empty if not recorded
 */
public record PassManifest(Instant written, Optional<DetectionFiles> detection, Optional<String> lease) {}
