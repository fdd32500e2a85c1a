package io.fanin.processor.api;

import java.io.IOException;
import java.io.InputStream;

/** An object of a partition's raw data. Provided by the system. */
public interface PartitionObject {

    /** Its key relative to the folder, such as {@code part-0.json.gz}. */
    String name();

    /** Its size in bytes, as stored. */
    long size();

    /**
     * Its bytes, exactly as listed: an object that was replaced or deleted since then fails the partition. The caller
     * closes the stream.
     */
    InputStream open() throws IOException;
}
