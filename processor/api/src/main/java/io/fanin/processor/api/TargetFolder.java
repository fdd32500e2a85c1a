package io.fanin.processor.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of the partition that is made. Provided by the system. Names are keys relative to the folder, without
 * {@code ..}.
 */
public interface TargetFolder {

    /** The names of all objects in the folder, without markers of folders. */
    List<String> list() throws IOException;

    /**
     * Writes an object of up to 5 GB, which readers see as a whole when this returns. It replaces an object of the same
     * name that was written for the table; an object of another writer fails the partition.
     *
     * @throws IOException also if another invocation has written the object since the partition was begun: it is to be
     *     tried again
     */
    void put(String name, Path file) throws IOException;

    /**
     * Deletes an object that was written for the table, if it exists; an object of another writer fails the partition.
     *
     * @throws IOException as with {@link #put}
     */
    void delete(String name) throws IOException;
}
