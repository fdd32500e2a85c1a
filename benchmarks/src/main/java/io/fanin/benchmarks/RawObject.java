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
    record Line(byte[] bytes, boolean good) {}

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
            for (int written = 0; written < size; ) {
                Line line = lines.get();
                out.write(line.bytes());
                written += line.bytes().length;
                records += line.good() ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RawObject(SdkBytes.fromByteArrayUnsafe(bytes.toByteArray()), records);
    }
}
