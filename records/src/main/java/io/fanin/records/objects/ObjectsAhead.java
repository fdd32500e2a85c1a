package io.fanin.records.objects;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Objects that are read in the order of their listing. Small ones are fetched ahead, several at a time, since S3 takes
 * longer to answer than to send them. Memory is bounded. One thread at a time may list; any may open what was listed.
 */
public final class ObjectsAhead implements ObjectSource, AutoCloseable {

    private static final int FETCHED_AT_A_TIME = 16;

    /** The maximum number of objects that are listed, but not returned by the iterator yet. */
    static final int AHEAD = 2 * FETCHED_AT_A_TIME;

    /** The maximum size in bytes of an object that is fetched ahead. */
    static final long SMALL = 1 << 19;

    /** The bytes of small objects that are not returned by the iterator yet, from which on no more are listed. */
    static final long BYTES = 8 << 20;

    private final ObjectSource source;
    private final ExecutorService fetchers;
    private final Map<ObjectSummary, Future<InputStream>> bodies = new ConcurrentHashMap<>();

    public ObjectsAhead(ObjectSource source, Workers workers) {
        this.source = source;
        this.fetchers = workers.open(FETCHED_AT_A_TIME);
    }

    /** Lists a prefix, and discards the fetched objects of an earlier listing. */
    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        bodies.values().forEach(fetching -> fetching.cancel(true));
        bodies.clear();
        return new Listed(prefix, source.list(prefix));
    }

    /** A listing that looks ahead of the current object, and keeps a failure until its place is reached. */
    private final class Listed implements Iterator<ObjectSummary> {

        private final String prefix;
        private final Iterator<ObjectSummary> objects;
        private final Queue<ObjectSummary> next = new ArrayDeque<>();
        private long bytes;
        private RuntimeException failure;

        Listed(String prefix, Iterator<ObjectSummary> objects) {
            this.prefix = prefix;
            this.objects = objects;
        }

        @Override
        public boolean hasNext() {
            look();
            return !next.isEmpty() || failure != null;
        }

        @Override
        public ObjectSummary next() {
            look();
            if (next.isEmpty()) {
                throw failure == null ? new NoSuchElementException() : failure;
            }
            ObjectSummary object = next.remove();
            bytes -= isFetched(object) ? object.size() : 0;
            return object;
        }

        /** Looks ahead. Objects listed before a failure are returned first. */
        private void look() {
            try {
                while (failure == null && next.size() < AHEAD && bytes < BYTES && objects.hasNext()) {
                    add(objects.next());
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private void add(ObjectSummary object) {
            next.add(object);
            if (isFetched(object)) {
                bytes += object.size();
                bodies.put(object, fetchers.submit(() -> fetch(object)));
            }
        }

        private boolean isFetched(ObjectSummary object) {
            return object.size() > 0 && object.size() <= SMALL && DataObjects.isData(prefix, object);
        }
    }

    private InputStream fetch(ObjectSummary object) {
        try (InputStream body = source.open(object)) {
            byte[] bytes = new byte[(int) object.size()];
            int length = body.readNBytes(bytes, 0, bytes.length);
            // Also reads the end, which frees the connection for the next object.
            byte[] rest = body.readAllBytes();
            InputStream fetched = new ByteArrayInputStream(bytes, 0, length);
            return rest.length == 0 ? fetched : new SequenceInputStream(fetched, new ByteArrayInputStream(rest));
        } catch (IOException e) {
            return new Broken(e);
        }
    }

    @Override
    public InputStream open(ObjectSummary object) {
        Future<InputStream> body = bodies.remove(object);
        return body == null ? source.open(object) : Workers.await(body);
    }

    /** A body that ended too early. */
    private static final class Broken extends BlockInputStream {

        private final IOException failure;

        Broken(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw failure;
        }
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        return source.range(object, from, toInclusive);
    }

    /** Cancels all fetches in progress. */
    @Override
    public void close() {
        fetchers.shutdownNow();
    }
}
