package io.fanin.records.parquet;

import java.io.IOException;

/** Reads parts of an object. */
@FunctionalInterface
public interface ByteRanges {

    /** Exactly these bytes, all of which the object has. */
    byte[] read(long at, int length) throws IOException;
}
