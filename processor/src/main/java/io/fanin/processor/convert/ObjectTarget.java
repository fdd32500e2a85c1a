package io.fanin.processor.convert;

import io.fanin.core.inventory.ObjectSummary;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Where a table's files are written. An object becomes visible whole, when {@link #put} or {@link #complete} returns, and
 * never before. Failures are thrown as the client throws them: trying again may help.
 */
public interface ObjectTarget {

    /** Every object whose key begins with {@code prefix}. */
    Iterator<ObjectSummary> list(String prefix);

    /**
     * Writes an object.
     *
     * @return its ETag
     */
    String put(String key, Path file);

    /**
     * Begins an upload in parts.
     *
     * @return what identifies it
     */
    String begin(String key);

    /**
     * Uploads a part of a file, which is read anew for each attempt.
     *
     * @param number of the part, from 1
     * @return the part's ETag
     */
    String part(String key, String upload, int number, FilePart part);

    /**
     * Makes an object of an upload's parts.
     *
     * @param parts their ETags in order
     * @return the object's ETag
     */
    String complete(String key, String upload, List<String> parts);

    /** Gives an upload up, as if it had never begun. */
    void abort(String key, String upload);

    void delete(List<String> keys);

    /**
     * Deletes objects that are still what the listing showed.
     *
     * @return whether all of them are gone; not when one was written again meanwhile, which stays
     */
    boolean deleteAsListed(List<ObjectSummary> objects);
}
