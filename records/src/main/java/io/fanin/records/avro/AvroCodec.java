package io.fanin.records.avro;

import com.github.luben.zstd.ZstdInputStream;
import io.fanin.records.compression.RawSnappy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.io.function.IOConsumer;

/** The block compressions in the specification of Avro 1.12, except {@code xz}, for which Trino lacks the library. */
enum AvroCodec {
    NULL("null") {
        @Override
        void read(Block block, IOConsumer<InputStream> reader) throws IOException {
            reader.accept(block);
        }
    },

    DEFLATE("deflate") {
        @Override
        void read(Block block, IOConsumer<InputStream> reader) throws IOException {
            Inflater inflater = new Inflater(true);
            try {
                reader.accept(new InflaterInputStream(block, inflater));
            } finally {
                inflater.end();
            }
        }
    },

    /** Snappy, followed by a CRC of four bytes. */
    SNAPPY("snappy") {
        @Override
        void read(Block block, IOConsumer<InputStream> reader) throws IOException {
            if (block.left() < Integer.BYTES) {
                throw new MalformedAvroException("has no room for its checksum");
            }
            Block data = block.first(block.left() - Integer.BYTES);
            CheckedInputStream checked = new CheckedInputStream(RawSnappy.open(data), new CRC32());
            reader.accept(checked);
            data.drain();
            int crc = 0;
            for (byte one : block.readNBytes(Integer.BYTES)) {
                crc = (crc << Byte.SIZE) | (one & 0xFF);
            }
            if (crc != (int) checked.getChecksum().getValue()) {
                throw new MalformedAvroException("has another checksum than its data");
            }
        }
    },

    BZIP2("bzip2") {
        @Override
        void read(Block block, IOConsumer<InputStream> reader) throws IOException {
            reader.accept(new BZip2CompressorInputStream(block));
        }
    },

    ZSTANDARD("zstandard") {
        @Override
        void read(Block block, IOConsumer<InputStream> reader) throws IOException {
            try (ZstdInputStream data = new ZstdInputStream(block)) {
                reader.accept(data);
            }
        }
    };

    private final String label;

    AvroCodec(String label) {
        this.label = label;
    }

    /**
     * Decompresses a block.
     *
     * @param reader of the decompressed bytes
     * @throws IOException if it is damaged
     */
    abstract void read(Block block, IOConsumer<InputStream> reader) throws IOException;

    static Optional<AvroCodec> of(String label) {
        return Arrays.stream(values())
                .filter(codec -> codec.label.equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(codec -> codec.label).toList();
    }
}
