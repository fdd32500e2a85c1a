package io.fanin.records.compression;

import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The compressions of whole objects, recognised by their first bytes. */
public enum Compression {
    /** Uncompressed text: any object with none of the other beginnings. */
    NONE(FailureCode.WRONG_FORMAT, null, "a text", "(?!)", "(?!)") {
        @Override
        public InputStream decompressing(InputStream stored) {
            return stored;
        }

        @Override
        public boolean isReadByTables() {
            return true;
        }
    },

    GZIP(FailureCode.BAD_GZIP, "gz", "the gzip stream", "\\x1F\u008B.*", "\\x1F") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return new GzipMembers(stored);
        }
    },

    ZSTD(
            FailureCode.BAD_ZSTD,
            "zst",
            "a zstd frame",
            "(\\(\u00B5/\u00FD|[P-_]\\*M\\x18).*",
            "\\((\u00B5/?)?|[P-_]\\*M?") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return new FollowedFrames(stored, ZstdFrames.ofAnyStream(), BoundedZstd::new);
        }

        @Override
        public InputStream decompressingAsTables(InputStream stored) throws IOException {
            return new FollowedFrames(stored, ZstdFrames.asTablesAreRead(), BoundedZstd::new);
        }
    },

    /** An object cut within the first three bytes is taken for text. */
    BZIP2(
            FailureCode.BAD_COMPRESSION,
            "bz2",
            "a bzip2 stream",
            "BZh[1-9](1AY&SY|\\x17rE8P\u0090).*",
            "BZh[1-9](1(AY?|AY&S?)?|\\x17(r(E(8P?)?)?)?)?") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return new BZip2CompressorInputStream(stored, true);
        }

        @Override
        public InputStream decompressingAsTables(InputStream stored) throws IOException {
            return new SingleBzip2(stored);
        }
    },

    /** Zeros between and after its streams are valid padding if their number is a multiple of four. */
    XZ(FailureCode.BAD_COMPRESSION, null, "an xz stream", "\u00FD7zXZ\\x00.*", "\u00FD7(z(XZ?)?)?") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return XZCompressorInputStream.builder()
                    .setInputStream(stored)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(XZ_MEMORY_KIB)
                    .get();
        }
    },

    LZ4(FailureCode.BAD_COMPRESSION, null, "an lz4 frame", "\\x04\"M\\x18.*", "\\x04(\"M?)?") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return new FollowedFrames(
                    stored, new Lz4Frames(), followed -> new FramedLZ4CompressorInputStream(followed, true));
        }
    },

    /** Snappy in its framing format. An object cut between two chunks is still valid. */
    SNAPPY(
            FailureCode.BAD_COMPRESSION,
            null,
            "a snappy chunk",
            "\u00FF\\x06\\x00\\x00sNaPpY.*",
            "\u00FF\\x06(\\x00(\\x00(s(N(a(P(p?)?)?)?)?)?)?)?") {
        @Override
        public InputStream decompressing(InputStream stored) throws IOException {
            return new FollowedFrames(stored, new SnappyChunks(), FramedSnappyCompressorInputStream::new);
        }
    };

    /** The maximum memory, exactly what {@code xz -9} needs: the object itself declares the size of its dictionary. */
    private static final int XZ_MEMORY_KIB = 66 << 10;

    private final FailureCode damage;
    private final String extension;
    private final String part;
    private final Pattern magic;
    private final Pattern cut;

    /**
     * Patterns match bytes decoded as ISO 8859-1.
     *
     * @param extension of object names by which readers of tables recognise it; may be null
     * @param magic the beginning of a complete object
     * @param cut an object that is cut within its magic bytes
     */
    Compression(FailureCode damage, String extension, String part, String magic, String cut) {
        this.damage = damage;
        this.extension = extension;
        this.part = part;
        this.magic = Pattern.compile(magic, Pattern.DOTALL);
        this.cut = Pattern.compile(cut);
    }

    /**
     * A stream that decompresses all parts of an object to its end. It throws {@link IOException} if one is incomplete
     * or damaged.
     */
    public abstract InputStream decompressing(InputStream stored) throws IOException;

    /**
     * Like {@link #decompressing}, for an object of a table: it also throws {@link UnreadByTablesException} if readers
     * of tables cannot read the object.
     */
    public InputStream decompressingAsTables(InputStream stored) throws IOException {
        return decompressing(stored);
    }

    /**
     * The compression of an object.
     *
     * @param head its first {@link FirstBytes#COUNT} bytes, or all it has
     */
    public static Compression of(byte[] head) {
        String text = FirstBytes.text(head);
        return Arrays.stream(values())
                .filter(one -> one.magic.matcher(text).matches()
                        || one.cut.matcher(text).matches())
                .findFirst()
                .orElse(NONE);
    }

    /** The failure of a partition whose object is damaged. */
    public FailureCode damage() {
        return damage;
    }

    /** The part within which a cut object ends, such as {@code a zstd frame}. */
    public String part() {
        return part;
    }

    /** The extension of object names by which readers of tables recognise it. */
    public Optional<String> extension() {
        return Optional.ofNullable(extension);
    }

    /**
     * The compression that query engines expect for names with this extension, in lower case. They expect Hadoop's own
     * framing for {@code .lz4} and {@code .snappy}, which no other program writes, and do not know {@code .xz}.
     */
    public static Optional<Compression> named(String extension) {
        return Arrays.stream(values())
                .filter(one -> extension.equals(one.extension))
                .findFirst();
    }

    /** Whether readers of tables recognise it by an extension. */
    public boolean isReadByTables() {
        return extension != null;
    }

    /** The name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
