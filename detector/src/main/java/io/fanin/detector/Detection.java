package io.fanin.detector;

import io.fanin.core.run.DetectionReport;
import java.io.Closeable;

/** A way to find the partitions that have to be processed. */
sealed interface Detection
        permits ListDetection, FullDetection, RangeDetection, ExplicitDetection, CalendarDetection, RedriveDetection {

    Detected detect();

    /**
     * What was found.
     *
     * @param flagsStale whether the table's record or its parameters say something that is no longer so
     */
    record Detected(Candidates candidates, boolean flagsStale, DetectionReport report) implements Closeable {

        /** What was found without looking at any prefix. */
        static Detected unseen(Candidates candidates, boolean flagsStale) {
            return new Detected(
                    candidates, flagsStale, DetectionReport.unseen(candidates.counts(), candidates.sample()));
        }

        @Override
        public void close() {
            candidates.close();
        }
    }
}
