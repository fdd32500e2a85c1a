package io.fanin.detector;

import io.fanin.core.spec.TableSpec;
import java.io.Closeable;

/** What was detected, and for which resolved spec. */
record Found(TableSpec spec, Detection.Detected detected) implements Closeable {
    @Override
    public void close() {
        detected.close();
    }
}
