package io.fanin.detector;

import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import java.util.List;

/** A way to find the partitions that have to be processed. */
sealed interface Detection permits ListDetection, RangeDetection, ExplicitDetection, RedriveDetection {

    Detected detect();

    /**
     * What was found.
     *
     * @param candidates partitions to process, each values once
     * @param flagsStale whether the table's record or its parameters say something that is no longer so
     */
    record Detected(List<Candidate> candidates, boolean flagsStale, DetectionReport report) {}
}
