package io.fanin.processor.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folder of the partition that is made. Given by the system. Names are keys from the folder on, without {@code ..}. */
public interface TargetFolder {

    /** The names of all objects that lie there. */
    List<String> list() throws IOException;

    /** Writes an object of up to 5 GB; readers see it whole when this returns, in the place of one of the same name. */
    void put(String name, Path file) throws IOException;

    /** Removes an object, if it is there. */
    void delete(String name) throws IOException;
}
