package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a gzip stream that takes input and yields nothing. The decoder keeps a member's file name and comment in
 * memory, and the format sets no end to them.
 */
final class EmptyGzipGuard extends BlockInputStream {
    /** Bytes. Far above any header that a writer produces, and small beside a Lambda's memory. */
    static final long LIMIT = 4L << 20;

    private final InputStream in;
    private long left = LIMIT;

    EmptyGzipGuard(InputStream in) {
        this.in = in;
    }

    /** The input so far has yielded something. */
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
