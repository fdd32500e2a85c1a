package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One object's stored bytes, counted. A failure to read them becomes unchecked, so that every checked
 * {@link IOException} of a decoder on top is about the data, and every unchecked one about the service.
 */
public final class ObjectBody extends BlockInputStream {
    private final InputStream in;
    private long count;
    private boolean ended;

    public ObjectBody(InputStream in) {
        this.in = in;
    }

    /** Bytes delivered so far. */
    long count() {
        return count;
    }

    /** Whether a reader has tried to read beyond the end. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int read = in.read(bytes, offset, length);
            count += Math.max(read, 0);
            ended |= read < 0;
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
