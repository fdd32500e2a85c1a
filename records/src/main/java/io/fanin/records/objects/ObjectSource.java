package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import java.io.InputStream;
import java.util.Iterator;

/**
 * Where a partition's objects are read from.
 *
 * <p>What says something about the data (deleted or replaced since it was listed, not permitted, archived) is thrown
 * as {@link UnsoundObjectException}. What says something about the service (throttling, network) is thrown as the
 * client throws it, and by a stream as {@link java.io.IOException}: trying again may help.
 */
public interface ObjectSource {
    /**
     * Every object whose key begins with {@code prefix}, each once, read as the iterator moves on.
     *
     * @param prefix ends in {@code /}
     */
    Iterator<ObjectSummary> list(String prefix);

    /**
     * The object's bytes, exactly as listed: another version of it is never returned. A body that ends before its
     * announced length is an {@link java.io.IOException}, never an early end of the stream.
     */
    InputStream open(ObjectSummary object);

    /**
     * The bytes from one offset to another, both included, counted from 0.
     *
     * @return exactly {@code toInclusive - from + 1} bytes
     */
    byte[] range(ObjectSummary object, long from, long toInclusive);
}
