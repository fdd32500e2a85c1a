package io.fanin.detector.detect;

import io.fanin.detector.select.DetectionResult;

/**
 * A way to find the partitions to process: one for each mode of a spec, and one for redrives. Reads S3, the catalog or
 * the inbox, and changes nothing.
 */
public sealed interface Detection
        permits ListDetection,
                WindowDetection,
                FullDetection,
                RangeDetection,
                ExplicitDetection,
                CalendarDetection,
                EventsDetection,
                RedriveDetection {

    DetectionResult detect();
}
