package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a partition's objects.
 *
 * <p>Problems of the data (deleted or replaced since it was listed, not permitted, archived) are thrown as
 * {@link ObjectDefectException}. Problems of the service (throttling, network) are the client's own exceptions, and a
 * stream's {@link java.io.IOException}: a retry may succeed.
 */
public interface ObjectSource {
    /**
     * Every object whose key begins with {@code prefix}, which ends in {@code /}, each once, read as the iterator moves
     * on.
     */
    Iterator<ObjectSummary> list(String prefix);

    /**
     * This source for one thread that lists these prefixes one after the other. A listing may continue from one prefix
     * into the next: a partition's objects are then those at the moment when that listing began.
     */
    default ObjectSource inTurn(List<String> prefixes) {
        return this;
    }

    /**
     * The object's bytes, exactly as listed: another version of it is never returned. A body that ends before its
     * announced length is an {@link java.io.IOException}, never an early end of the stream.
     */
    InputStream open(ObjectSummary object);

    /** Copies an object into a file; {@code check}, which is called repeatedly, throws to abort the work. */
    default void copy(ObjectSummary object, Path file, Runnable check) throws IOException {
        byte[] buffer = new byte[1 << 17];
        try (InputStream body = open(object);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                check.run();
                out.write(buffer, 0, read);
            }
        }
    }

    /** All bytes from one offset to another, both inclusive, counted from 0. */
    byte[] range(ObjectSummary object, long from, long toInclusive);

    /** The time at which a lifecycle rule deletes an object, which may have passed; absent if no rule does. */
    default Optional<Instant> expiry(ObjectSummary object) {
        return Optional.empty();
    }

    /** A source that passes all reads to another one, and defines only listings itself. */
    interface Forwarding extends ObjectSource {

        /** The source that reads them. */
        ObjectSource source();

        @Override
        default InputStream open(ObjectSummary object) {
            return source().open(object);
        }

        @Override
        default byte[] range(ObjectSummary object, long from, long toInclusive) {
            return source().range(object, from, toInclusive);
        }

        @Override
        default Optional<Instant> expiry(ObjectSummary object) {
            return source().expiry(object);
        }
    }
}
