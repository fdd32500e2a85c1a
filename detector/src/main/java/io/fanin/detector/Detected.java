package io.fanin.detector;

import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Next;
import io.fanin.detector.walk.SkipLog;
import java.io.Closeable;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What was found.
 *
 * @param withoutWork where the run goes if there is nothing to process
 */
record Detected(Candidates candidates, Next withoutWork, DetectionReport report, Aftermath aftermath)
        implements Closeable {

    Detected(Candidates candidates, Next withoutWork, DetectionReport report) {
        this(candidates, withoutWork, report, Aftermath.NONE);
    }

    Detected with(DetectionReport other) {
        return new Detected(candidates, withoutWork, other, aftermath);
    }

    Detected with(Aftermath other) {
        return new Detected(candidates, withoutWork, report, other);
    }

    /** What was found without looking at any prefix. */
    static Detected unseen(Candidates candidates, Next withoutWork, LocalDateTime horizon) {
        return unseen(candidates, withoutWork, horizon, new SkipLog());
    }

    /** The same, but for those that may not be taken. */
    static Detected unseen(Candidates candidates, Next withoutWork, LocalDateTime horizon, SkipLog skips) {
        return new Detected(
                candidates,
                withoutWork,
                DetectionReport.unseen(
                        candidates.counts(),
                        candidates.sample(),
                        skips.counts(),
                        skips.sample(),
                        Optional.of(horizon.toString())));
    }

    @Override
    public void close() {
        candidates.close();
    }
}
