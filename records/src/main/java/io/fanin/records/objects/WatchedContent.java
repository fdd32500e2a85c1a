package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that calls a check before each block, which throws when the time is over: a small object may take too long
 * to decompress.
 */
final class WatchedContent extends BlockInputStream {

    private final InputStream in;
    private final Runnable check;

    WatchedContent(InputStream in, Runnable check) {
        this.in = in;
        this.check = check;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        check.run();
        return in.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
