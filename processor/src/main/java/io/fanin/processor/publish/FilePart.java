package io.fanin.processor.publish;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A range of a file that is never in memory as a whole.
 *
 * @param offset of the first one
 * @param length how many
 */
public record FilePart(Path file, long offset, long length) {

    /** The bytes as they are now. */
    public InputStream open() throws IOException {
        InputStream in = Channels.newInputStream(
                FileChannel.open(file, StandardOpenOption.READ).position(offset));
        return new BlockInputStream() {
            private long left = length;

            @Override
            public int read(byte[] bytes, int from, int most) throws IOException {
                int count = left == 0 ? -1 : in.read(bytes, from, (int) Math.min(left, most));
                left -= Math.max(0, count);
                return count;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    InputStream opened() {
        try {
            return open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checksum of the bytes as they are now. */
    long crc32c() throws IOException {
        CRC32C crc = new CRC32C();
        try (InputStream in = new CheckedInputStream(open(), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return crc.getValue();
    }
}
