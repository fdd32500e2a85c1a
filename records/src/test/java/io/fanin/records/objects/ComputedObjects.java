package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.LongStream;

/** Any number of objects with the same content, without memory for them. */
public final class ComputedObjects implements ObjectSource {

    private static final Instant WRITTEN = Instant.parse("2026-11-01T10:00:00Z");

    /** The number of objects after which one-time allocations are done. */
    private static final long WARM = 1_000;

    private final long count;
    private final byte[] content;
    private volatile long atFirst;
    private volatile long atLast;

    public ComputedObjects(long count, byte[] content) {
        this.count = count;
        this.content = content.clone();
    }

    /**
     * Bytes of the heap that were in use after a collection when the last object was listed, beyond those at the
     * beginning.
     */
    public long growth() {
        return atLast - atFirst;
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    if (i == WARM) {
                        atFirst = heap();
                    } else if (i == count) {
                        atLast = heap();
                    }
                    return new ObjectSummary(prefix + i + ".json", content.length, "\"" + i + "\"", WRITTEN);
                })
                .iterator();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public InputStream open(ObjectSummary object) {
        return new ByteArrayInputStream(content);
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        throw new UnsupportedOperationException("whole objects are read");
    }
}
