package io.fanin.pages.view;

import io.fanin.core.history.RunEntry;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import java.util.Optional;

/**
 * The documents in the state bucket of a run that has a report.
 *
 * @param entry of the table's history; absent if the run is not one of the last
 * @param start the run's; empty if it has expired
 * @param detection on which the run acted; empty if it has expired
 */
public record StoredRun(
        RunReport report, Optional<RunEntry> entry, Optional<RunStart> start, Optional<DetectionReport> detection) {}
