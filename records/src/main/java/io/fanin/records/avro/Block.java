package io.fanin.records.avro;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;

/** A limited number of the next bytes of a file. */
final class Block extends BlockInputStream {

    private final AvroBytes file;
    private long left;

    Block(AvroBytes file, long length) {
        this.file = file;
        this.left = length;
    }

    long left() {
        return left;
    }

    /** The first bytes of this block, as a block that must be read before the rest. */
    Block first(long length) {
        left -= length;
        return new Block(file, length);
    }

    /** Skips all bytes that were not read. */
    void drain() throws IOException {
        file.skip(left);
        left = 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = file.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
