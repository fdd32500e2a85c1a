package io.fanin.core.run.folder;

import io.fanin.model.run.detection.RecordChange;
import java.time.Instant;
import java.util.Optional;

/**
 * The metadata of a pass's manifest.
 *
 * @param written when it was written: the pass reads its data after that time, so of two passes of a table the later
 *     one reads the newer data
 * @param detection on which it is based; empty for later passes than the first
 * @param lease the acquisition of the table's lease by its writer; empty if not recorded
 * @param after the last change of the table's record at the time; empty if not recorded
 */
public record PassManifest(
        Instant written, Optional<DetectionFiles> detection, Optional<String> lease, Optional<RecordChange> after) {}
