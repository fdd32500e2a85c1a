package io.fanin.records.parquet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The copy of an object on the function's disk.
 *
 * @param key the object's
 */
record LocalBytes(String key, FileChannel channel, long size) implements ByteRanges, Closeable {

    static LocalBytes open(String key, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new LocalBytes(key, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public byte[] read(long at, int length) throws IOException {
        byte[] read = new byte[length];
        ByteBuffer bytes = ByteBuffer.wrap(read);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a file of %d bytes ended before byte %d".formatted(size, at + length));
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
