package io.fanin.processor.api;

import java.io.IOException;
import java.io.InputStream;

/** One object. Given by the system. */
public interface PartitionObject {

    /** Its key from the folder on, such as {@code part-0.json.gz}. */
    String name();

    /** Its size in bytes, as stored. */
    long size();

    /**
     * Its bytes, exactly as listed: an object that was replaced or deleted since then fails the partition. For the caller to
     * close.
     */
    InputStream open() throws IOException;
}
