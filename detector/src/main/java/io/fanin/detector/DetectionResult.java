package io.fanin.detector;

import io.fanin.core.spec.TableSpec;
import io.fanin.detector.select.Detected;
import java.io.Closeable;

/**
 * What was detected, and for which resolved spec.
 *
 * @param ownsFolder whether the table is known to own the folder into which the spec has partitions made, if any are made
 */
public record DetectionResult(TableSpec spec, Detected detected, boolean ownsFolder) implements Closeable {
    @Override
    public void close() {
        detected.close();
    }
}
