package io.fanin.processor.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * A range of a file that is never in memory as a whole.
 *
 * @param offset of the first byte
 * @param length in bytes
 */
record FilePart(Path file, long offset, long length) {

    /** Opens the bytes as they are now. */
    InputStream open() throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(Channels.newInputStream(
                        FileChannel.open(file, StandardOpenOption.READ).position(offset)))
                .setMaxCount(length)
                .get();
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
