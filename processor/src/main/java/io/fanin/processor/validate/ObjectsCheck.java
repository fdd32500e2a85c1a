package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.UnsoundObjectException;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Looks at the data objects of one partition, in the order of the listing. The first that is unsound is thrown as {@link
 * UnsoundObjectException}, by whichever call comes to it. Used by one thread.
 */
public interface ObjectsCheck extends AutoCloseable {

    /**
     * What all of the objects together are.
     *
     * @param rows empty where they were not counted, or where readers count otherwise
     * @param parameters what else is to be said of the partition in the catalog, by name
     */
    record Found(OptionalLong rows, Map<String, String> parameters) {

        public Found {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * Takes one more object.
     *
     * @param gzip whether its name says that it is compressed as a whole
     * @throws IOException when bytes could not be moved
     */
    void add(ObjectSummary object, boolean gzip) throws IOException;

    /**
     * After the last object.
     *
     * @throws IOException when bytes could not be moved
     */
    Found end() throws IOException;

    /** Gives back what it holds, whether it came to its end or not. */
    @Override
    default void close() {}
}
