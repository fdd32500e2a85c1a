package io.fanin.detector;

import io.fanin.core.run.DetectionReport;
import java.io.Closeable;
import java.time.LocalDateTime;
import java.util.Optional;

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
     */
    record Detected(Candidates candidates, boolean flagsStale, DetectionReport report, Aftermath aftermath)
            implements Closeable {

        Detected(Candidates candidates, boolean flagsStale, DetectionReport report) {
            this(candidates, flagsStale, report, Aftermath.NONE);
        }

        Detected with(DetectionReport other) {
            return new Detected(candidates, flagsStale, other, aftermath);
        }

        Detected with(Aftermath other) {
            return new Detected(candidates, flagsStale, report, other);
        }

        /** What was found without looking at any prefix. */
        static Detected unseen(Candidates candidates, boolean flagsStale, LocalDateTime horizon) {
            return new Detected(
                    candidates,
                    flagsStale,
                    DetectionReport.unseen(candidates.counts(), candidates.sample(), Optional.of(horizon.toString())));
        }

        @Override
        public void close() {
            candidates.close();
        }
    }
}
