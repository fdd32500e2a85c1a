package io.fanin.records.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads numbers of a page whose bytes have seven bits each, the lowest first (parquet-format, "ULEB128"). */
final class Varint {

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    /** The next number; one of more than ten bytes is refused. */
    static long read(InputStream bytes) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            int one = oneByte(bytes);
            value |= (long) (one & (MORE - 1)) << shift;
            if (one < MORE) {
                return value;
            }
        }
        throw new MalformedPageException("has a number of more than ten bytes");
    }

    /** The next number, of which the even ones mean 0, 1, 2, and the odd ones -1, -2. */
    static long readSigned(InputStream bytes) throws IOException {
        return zigzag(read(bytes));
    }

    /** The signed number that an unsigned one stands for. */
    static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    static int oneByte(InputStream bytes) throws IOException {
        int one = bytes.read();
        if (one < 0) {
            throw new EOFException();
        }
        return one;
    }
}
