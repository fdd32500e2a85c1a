package io.fanin.records.avro;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes in Avro's binary encoding, read once through one buffer. The lengths that a file declares allocate no memory,
 * except in {@link #bytes}, whose callers limit them.
 *
 * <p>Avro's own decoder is not used: it trusts the lengths and counts that it reads.
 */
final class AvroBytes {

    private static final int BUFFER = 1 << 16;

    /** The bits of a number in one byte of its encoding. */
    private static final int DIGIT = 7;

    private static final int MORE = 0x80;

    private final byte[] buffer = new byte[BUFFER];
    private final Runnable check;
    private InputStream in = InputStream.nullInputStream();
    private int position;
    private int limit;
    private long before;

    /** @param check is called before each buffer is filled; throws to end the reading */
    AvroBytes(Runnable check) {
        this.check = check;
    }

    AvroBytes of(InputStream stream) {
        in = stream;
        position = 0;
        limit = 0;
        before = 0;
        return this;
    }

    /** The number of bytes that were read. */
    long count() {
        return before + position;
    }

    boolean isAtEnd() throws IOException {
        return position == limit && !fill();
    }

    /** @throws EOFException at the end */
    int next() throws IOException {
        if (isAtEnd()) {
            throw new EOFException();
        }
        return buffer[position++] & 0xFF;
    }

    /**
     * Reads a number of at most this many bits, in zig-zag encoding.
     *
     * @throws MalformedAvroException if it has more
     */
    long number(int bits) throws IOException {
        long raw = 0;
        for (int shift = 0; shift < bits; shift += DIGIT) {
            int digit = next();
            raw |= (long) (digit & ~MORE) << shift;
            if ((digit & MORE) == 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new MalformedAvroException("holds a number of more than " + bits + " bits");
    }

    /** Reads the length of a text or of a byte sequence. */
    long length() throws IOException {
        long length = number(Long.SIZE);
        if (length < 0) {
            throw new MalformedAvroException("holds a text of " + length + " bytes");
        }
        return length;
    }

    void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > limit - position) {
            left -= limit - position;
            position = limit;
            if (!fill()) {
                throw new EOFException();
            }
        }
        position += (int) left;
    }

    /** Reads at most this many bytes, fewer if the buffer has fewer; returns -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (isAtEnd()) {
            return -1;
        }
        int read = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, read);
        position += read;
        return read;
    }

    byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int read = 0; read < length; ) {
            int more = read(bytes, read, length - read);
            if (more < 0) {
                throw new EOFException();
            }
            read += more;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        check.run();
        before += limit;
        position = 0;
        limit = 0;
        int read = in.read(buffer, 0, buffer.length);
        limit = Math.max(read, 0);
        return limit > 0;
    }
}
