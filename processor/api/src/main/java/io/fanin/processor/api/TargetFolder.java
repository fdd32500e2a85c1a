package io.fanin.processor.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folder of the partition that is made. Given by the system. Names are keys from the folder on, without {@code ..}. */
public interface TargetFolder {

    /** The names of all objects that lie there. */
    List<String> list() throws IOException;

    /**
     * Writes an object of up to 5 GB; readers see it whole when this returns, in the place of one of the same name that was
     * written for the table. Where another's lies there, the partition fails.
     */
    void put(String name, Path file) throws IOException;

    /** Removes an object that was written for the table, if it is there. Where another's lies there, the partition fails. */
    void delete(String name) throws IOException;
}
