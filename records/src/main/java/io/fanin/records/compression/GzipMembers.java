package io.fanin.records.compression;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Decompresses all members of a gzip stream, each verified by its CRC and length.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}, which in older Java versions (17 does, 25 does not) takes
 * {@code available() == 0} for the end and drops every further member. Bytes after the last member are refused:
 * Hadoop's readers fail on them (BuiltInGzipDecompressor, "not a gzip file"), while Trino drops them silently.
 */
final class GzipMembers extends BlockInputStream {

    private final EmptyGuard limit;
    private final InputStream members;

    GzipMembers(InputStream stored) throws IOException {
        this.limit = new EmptyGuard(stored);
        this.members = GzipCompressorInputStream.builder()
                .setInputStream(limit)
                .setDecompressConcatenated(true)
                .get();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = members.read(bytes, offset, length);
        limit.renew();
        return read;
    }

    @Override
    public void close() throws IOException {
        members.close();
    }

    /**
     * Fails for a gzip stream that consumes input without output. The decoder keeps a member's file name and comment in
     * memory, and the format does not limit them.
     */
    private static final class EmptyGuard extends BlockInputStream {
        /** The limit in bytes: far above any real header, and small compared to a Lambda's memory. */
        private static final long LIMIT = 4L << 20;

        private final InputStream in;
        private long left = LIMIT;

        EmptyGuard(InputStream in) {
            this.in = in;
        }

        /** Resets the count after output. */
        void renew() {
            left = LIMIT;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("headers or empty members of more than %d bytes".formatted(LIMIT));
            }
            int read = in.read(bytes, offset, length);
            left -= Math.max(read, 0);
            return read;
        }
    }
}
