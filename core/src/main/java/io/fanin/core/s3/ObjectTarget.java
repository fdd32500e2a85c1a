package io.fanin.core.s3;

import io.fanin.core.store.ObjectStore.Version;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The store to which a table's files are written. Each file names its table in its metadata, and never replaces another
 * table's. An object becomes visible as a whole, when {@link #put} or {@link #complete} returns. Failures are thrown as
 * the client throws them: a retry may help.
 */
public interface ObjectTarget {

    /** Every object whose key begins with {@code prefix}. */
    Iterator<ObjectSummary> list(String prefix);

    /** Determines the writer of the object at a key, from the table in the object's metadata. */
    ObjectWriter writer(String key);

    /**
     * Writes an object.
     *
     * @param replaced the object that it replaces, if there is one
     * @return its ETag
     * @throws ObjectChangedException if there is another object
     */
    String put(String key, Path file, Version replaced) throws ObjectChangedException;

    /**
     * Begins an upload in parts.
     *
     * @return the upload's id
     */
    String begin(String key);

    /**
     * Uploads a part.
     *
     * @param number of the part, from 1
     * @param length of the content in bytes
     * @param content is opened for each attempt
     * @return what the completion says of the part
     */
    UploadedPart part(String key, String upload, int number, long length, Supplier<InputStream> content);

    /**
     * Completes an upload, which creates the object from its parts.
     *
     * @param parts all of them, in order
     * @param replaced as with {@link #put}
     * @return the object's ETag
     * @throws ObjectChangedException if there is another object
     */
    String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
            throws ObjectChangedException;

    void abort(String key, String upload);

    /**
     * Deletes objects that still have these ETags.
     *
     * @return whether all of them are gone; false if one was written again meanwhile, which stays
     */
    boolean delete(Map<String, String> etags);

    /** Another store, which writes and deletes. How its objects are looked at is left to the implementation. */
    interface Forwarding extends ObjectTarget {

        /** The store that writes. */
        ObjectTarget target();

        @Override
        default String put(String key, Path file, Version replaced) throws ObjectChangedException {
            return target().put(key, file, replaced);
        }

        @Override
        default String begin(String key) {
            return target().begin(key);
        }

        @Override
        default UploadedPart part(String key, String upload, int number, long length, Supplier<InputStream> content) {
            return target().part(key, upload, number, length, content);
        }

        @Override
        default String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
                throws ObjectChangedException {
            return target().complete(key, upload, parts, replaced);
        }

        @Override
        default void abort(String key, String upload) {
            target().abort(key, upload);
        }

        @Override
        default boolean delete(Map<String, String> etags) {
            return target().delete(etags);
        }
    }
}
