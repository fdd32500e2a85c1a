package io.fanin.records.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Delivers as a network does: a few bytes at a time, none of them announced by {@code available()}. */
public final class TricklingStream extends FilterInputStream {
    private final Random random;

    public TricklingStream(InputStream in, Random random) {
        super(in);
        this.random = random;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, Math.min(length, 1 + random.nextInt(7)));
    }
}
