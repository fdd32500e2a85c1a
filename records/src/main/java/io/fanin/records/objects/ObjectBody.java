package io.fanin.records.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One object's stored bytes, counted. A failure to read them becomes unchecked, so that every checked
 * {@link IOException} of a decoder on top is about the data, and every unchecked one about the service.
 */
public final class ObjectBody extends FilterInputStream {
    private long count;
    private boolean ended;

    public ObjectBody(InputStream in) {
        super(in);
    }

    /** Bytes delivered so far. */
    public long count() {
        return count;
    }

    /** Whether a reader has asked for more than there is. */
    public boolean ended() {
        return ended;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
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
    public long skip(long n) {
        return n <= 0 || read() < 0 ? 0 : 1;
    }

    @Override
    public boolean markSupported() {
        return false;
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
