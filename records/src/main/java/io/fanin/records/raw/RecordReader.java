package io.fanin.records.raw;

import java.io.IOException;
import java.io.InputStream;

/** Reads objects one after the other into one sink, reusing its memory. Used by one thread. */
public interface RecordReader {

    /** Reads an object's records to its end. */
    void read(InputStream in) throws IOException;
}
