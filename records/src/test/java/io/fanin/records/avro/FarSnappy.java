package io.fanin.records.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/** Snappy that refers back within a whole block, as libraries for Go compress. */
final class FarSnappy extends CodecFactory {

    private static final int WINDOW = 1 << 18;

    @Override
    protected Codec createInstance() {
        return new Codec() {
            @Override
            public String getName() {
                return "snappy";
            }

            @Override
            public ByteBuffer compress(ByteBuffer data) throws IOException {
                byte[] plain = new byte[data.remaining()];
                data.duplicate().get(plain);
                ByteArrayOutputStream compressed = new ByteArrayOutputStream();
                try (OutputStream to = new SnappyCompressorOutputStream(compressed, plain.length, WINDOW)) {
                    to.write(plain);
                }
                CRC32 crc = new CRC32();
                crc.update(plain);
                compressed.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
                return ByteBuffer.wrap(compressed.toByteArray());
            }

            @Override
            public ByteBuffer decompress(ByteBuffer data) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean equals(Object other) {
                return other == this;
            }

            @Override
            public int hashCode() {
                return System.identityHashCode(this);
            }
        };
    }
}
