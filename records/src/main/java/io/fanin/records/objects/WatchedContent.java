package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose reading may be ended in between: before each block a check is made, which throws when the time is
 * over. A small object may be unpacked to more than there is time for.
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
