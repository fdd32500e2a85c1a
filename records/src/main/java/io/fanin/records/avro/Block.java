package io.fanin.records.avro;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;

/** The next bytes of a file, and no more. */
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

    /** Its first bytes, as a block that is read before the others. */
    Block first(long length) {
        left -= length;
        return new Block(file, length);
    }

    /** Passes over what nobody has read. */
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
