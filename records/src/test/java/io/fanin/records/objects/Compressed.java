package io.fanin.records.objects;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.io.function.IOFunction;

/** Content that is compressed as a whole; {@link Gzipped} is for gzip. */
final class Compressed {

    /** A frame that decoders of zstd and lz4 pass over. */
    static final byte[] SKIPPABLE = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

    private Compressed() {}

    static byte[] by(IOFunction<OutputStream, OutputStream> compressing, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressing.apply(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] bzip2(byte[] content) {
        return by(BZip2CompressorOutputStream::new, content);
    }

    /** Compresses with zstd, with a window of 2 to the power of {@code bits}. */
    static byte[] windowed(int bits, byte[] content) {
        return by(out -> new ZstdOutputStream(out).setLong(bits), content);
    }
}
