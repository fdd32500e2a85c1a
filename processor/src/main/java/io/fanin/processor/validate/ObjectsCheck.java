package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Checks the data objects of one partition in listing order. Any call may throw {@link ObjectDefectException} for the
 * first invalid object. Used by one thread.
 */
public interface ObjectsCheck extends AutoCloseable {

    /**
     * The result for all objects together.
     *
     * @param rows absent if they were not counted, or query engines count differently
     * @param parameters further partition parameters for the catalog
     */
    record Found(OptionalLong rows, Map<String, String> parameters) {

        public Found {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * Checks one more object.
     *
     * @param named the compression of the whole object, by its name
     */
    void add(ObjectSummary object, Compression named) throws IOException;

    /** Called after the last object. */
    Found end() throws IOException;

    /** A check that throws when the time for work ends while an object is being read. */
    static Runnable inTime(Deadline deadline, ObjectSummary object) {
        return () -> deadline.check(() -> Printable.key(object.key()) + " was not read to its end");
    }

    /**
     * The rows of the objects so far and of one more, which says itself how many it has.
     *
     * @throws ObjectDefectException {@link FailureCode#CORRUPT} if together they are more than can be counted
     */
    static long sum(ObjectSummary object, long rows, long own) {
        try {
            return Math.addExact(rows, own);
        } catch (ArithmeticException e) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.CORRUPT,
                    " is corrupt: it says that it has %d rows, more than can be counted; write it again".formatted(own),
                    e);
        }
    }

    /** Releases resources, also after a failure. */
    @Override
    default void close() {}
}
