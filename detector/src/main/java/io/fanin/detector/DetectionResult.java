package io.fanin.detector;

import io.fanin.core.record.TableRecord;
import io.fanin.detector.select.Detected;
import io.fanin.model.run.WaiverChange;
import io.fanin.model.spec.TableSpec;
import java.io.Closeable;

/**
 * What was detected, and for which resolved spec.
 *
 * @param record the table's, as the detection knew it
 * @param ownsFolder whether the table is known to own the folder into which the spec has partitions made, if any are made
 * @param waivers what the run is to change of the table's waivers
 */
public record DetectionResult(
        TableSpec spec, TableRecord record, Detected detected, boolean ownsFolder, WaiverChange waivers)
        implements Closeable {

    DetectionResult with(WaiverChange change) {
        return new DetectionResult(spec, record, detected, ownsFolder, change);
    }

    @Override
    public void close() {
        detected.close();
    }
}
