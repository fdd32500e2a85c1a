package io.fanin.detector.detect;

import io.fanin.detector.select.Detected;

/** A way to find the partitions that have to be processed. */
public sealed interface Detection
        permits ListDetection,
                WindowDetection,
                FullDetection,
                RangeDetection,
                ExplicitDetection,
                CalendarDetection,
                EventsDetection,
                RedriveDetection {

    Detected detect();
}
