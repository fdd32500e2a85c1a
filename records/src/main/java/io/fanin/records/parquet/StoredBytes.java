package io.fanin.records.parquet;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bytes of a file as a stream, of which a block is held at a time. */
final class StoredBytes extends BlockInputStream {

    private static final int BLOCK = 1 << 16;

    private final HeaderStructs file;
    private long at;
    private final long end;
    private byte[] block = {};
    private int next;

    /**
     * Begins at a byte.
     *
     * @param length all of which the file has
     */
    StoredBytes(HeaderStructs file, long at, long length) {
        this.file = file;
        this.at = at;
        this.end = at + length;
    }

    /** @throws UncheckedIOException if the file cannot be read, unlike one whose bytes are damaged */
    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (next == block.length && !fill()) {
            return -1;
        }
        int read = Math.min(length, block.length - next);
        System.arraycopy(block, next, bytes, offset, read);
        next += read;
        return read;
    }

    /** Readers of several gzip members ask whether anything follows one. */
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, block.length - next + end - at);
    }

    private boolean fill() {
        try {
            block = file.block(at, (int) Math.min(BLOCK, end - at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at += block.length;
        next = 0;
        return block.length > 0;
    }
}
