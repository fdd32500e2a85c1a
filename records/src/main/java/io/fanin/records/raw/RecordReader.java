package io.fanin.records.raw;

import java.io.IOException;
import java.io.InputStream;

/** Reads objects, one after the other, into one sink; what it needs in memory it has once. Used by one thread. */
public interface RecordReader {

    /** Reads an object's records to its end. */
    void read(InputStream in) throws IOException;
}
