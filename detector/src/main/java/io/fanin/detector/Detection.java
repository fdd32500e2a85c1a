package io.fanin.detector;

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
}
