package io.fanin.records.raw;

import java.io.ByteArrayInputStream;

/** Returns a first number of bytes, and then another number at a time. */
final class CutStream extends ByteArrayInputStream {

    private final int each;
    private int next;

    CutStream(byte[] bytes, int first, int each) {
        super(bytes);
        this.next = first;
        this.each = each;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
        int count = super.read(to, offset, Math.min(length, next));
        next = each;
        return count;
    }
}
