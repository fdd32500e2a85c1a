package io.fanin.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An object of raw data.
 *
 * @param records in it that can be read
 */
record RawObject(SdkBytes bytes, int records) {

    /**
     * A line of text.
     *
     * @param good whether it is a record that can be read
     */
    record Line(SdkBytes bytes, boolean good) {

        static Line of(byte[] bytes, boolean good) {
            return new Line(SdkBytes.fromByteArrayUnsafe(bytes), good);
        }
    }

    /**
     * Lines, one after another, until they have about this size before compression.
     *
     * @param header before them, may be empty
     */
    static RawObject of(boolean gzip, byte[] header, int size, Supplier<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int records = 0;
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
            out.write(header);
            for (int length = 0; length < size; ) {
                Line line = lines.get();
                byte[] written = line.bytes().asByteArrayUnsafe();
                out.write(written);
                length += written.length;
                records += line.good() ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RawObject(SdkBytes.fromByteArrayUnsafe(bytes.toByteArray()), records);
    }
}
