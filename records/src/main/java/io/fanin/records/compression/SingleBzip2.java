package io.fanin.records.compression;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Decompresses a single bzip2 stream: Trino fails after the first. */
final class SingleBzip2 extends BlockInputStream {

    private final InputStream stored;
    private final InputStream in;

    SingleBzip2(InputStream stored) throws IOException {
        this.stored = stored;
        this.in = new BZip2CompressorInputStream(stored, false);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0 && stored.read() >= 0) {
            throw new UnreadByTablesException(
                    "its first bzip2 stream is followed by another, as pbzip2 writes them, or by other bytes: compress it"
                            + " by bzip2");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
