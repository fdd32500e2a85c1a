package io.fanin.processor.convert;

import java.nio.file.Path;

/** Where bad records are kept. */
@FunctionalInterface
public interface Quarantine {

    /** Stores a file of JSON lines, which is deleted afterwards. */
    void keep(Path badRecords);
}
