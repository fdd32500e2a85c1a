package io.fanin.detector;

import io.fanin.core.run.DetectionReport;
import java.io.Closeable;

/** A way to find the partitions that have to be processed. */
sealed interface Detection
        permits ListDetection,
                FullDetection,
                RangeDetection,
                ExplicitDetection,
                CalendarDetection,
                QueueDetection,
                RedriveDetection {

    Detected detect();

    /**
     * What was found.
     *
     * @param flagsStale whether the table's record or its parameters say something that is no longer so
     * @param ending to be called when the candidates' manifest is written, or the plan
     */
    record Detected(Candidates candidates, boolean flagsStale, DetectionReport report, Ending ending)
            implements Closeable {

        /** What was found where nothing is left to do. */
        Detected(Candidates candidates, boolean flagsStale, DetectionReport report) {
            this(candidates, flagsStale, report, Ending.NONE);
        }

        Detected endingWith(Ending other) {
            return new Detected(candidates, flagsStale, report, other);
        }

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
