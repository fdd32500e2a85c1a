package io.fanin.records.compression;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/** Decompresses Snappy without frames, as in blocks of Avro and pages of Parquet. */
public final class RawSnappy {

    /** Google's library refers back within pieces of this size. */
    private static final int MIN_WINDOW = 1 << 16;

    /** Others refer back within all data, as Go's do; the window takes three times its size in memory. */
    private static final int MAX_WINDOW = 1 << 22;

    /** Maximum bytes of the length before the data. */
    private static final int MAX_LENGTH_BYTES = 5;

    private static final int LENGTH_BITS = 7;

    private RawSnappy() {}

    /**
     * The data as a stream. Data of more than 4 MiB may refer back within 4 MiB only.
     *
     * @throws IOException if its length cannot be read
     */
    public static InputStream open(InputStream stored) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(stored);
        bytes.mark(MAX_LENGTH_BYTES);
        long length = length(bytes);
        bytes.reset();
        return new SnappyCompressorInputStream(bytes, Math.clamp(length, MIN_WINDOW, MAX_WINDOW));
    }

    /** The length of the data, with which the stored bytes begin; the decompressor refuses one that is not sound. */
    private static long length(InputStream bytes) throws IOException {
        long length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            int one = bytes.read();
            length |= (long) (one & ((1 << LENGTH_BITS) - 1)) << (LENGTH_BITS * i);
            if (one < 1 << LENGTH_BITS) {
                break;
            }
        }
        return length;
    }
}
