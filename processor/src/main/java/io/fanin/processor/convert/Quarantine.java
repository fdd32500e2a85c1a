package io.fanin.processor.convert;

import java.nio.file.Path;

/** Where bad records are kept. */
@FunctionalInterface
public interface Quarantine {

    /** Keeps a file of JSON lines, which is gone afterwards. The partition is sound but for them. */
    void keep(Path badRecords);
}
