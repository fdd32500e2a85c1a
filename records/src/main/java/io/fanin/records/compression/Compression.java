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

/** The ways in which objects are compressed as a whole, by their first bytes. */
public enum Compression {
    /** A text as it is: what begins as none of the others. */
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

    /** Cut within its first three bytes, it is a text. */
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

    /** Zeros between and behind its streams are its own, as long as their number is a multiple of four. */
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

    /** In its framing format; one that is cut between two chunks is a whole one. */
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

    /** What {@code xz -9} needs, and no more: the size of a dictionary stands in the object. */
    private static final int XZ_MEMORY_KIB = 66 << 10;

    private final FailureCode damage;
    private final String extension;
    private final String part;
    private final Pattern magic;
    private final Pattern cut;

    /**
     * Patterns are of bytes as ISO 8859-1.
     *
     * @param extension of names by which tables' readers know it, may be null
     * @param magic what a whole object begins with
     * @param cut all of an object that is shorter than its magic
     */
    Compression(FailureCode damage, String extension, String part, String magic, String cut) {
        this.damage = damage;
        this.extension = extension;
        this.part = part;
        this.magic = Pattern.compile(magic, Pattern.DOTALL);
        this.cut = Pattern.compile(cut);
    }

    /**
     * A stream that decompresses all parts of an object to its end; it throws {@link IOException} where they are not
     * whole.
     */
    public abstract InputStream decompressing(InputStream stored) throws IOException;

    /** The same for an object of a table; it throws {@link UnreadByTablesException} where tables' readers fail. */
    public InputStream decompressingAsTables(InputStream stored) throws IOException {
        return decompressing(stored);
    }

    /**
     * How an object is compressed.
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

    /** What an object that is cut ends in, such as {@code a zstd frame}. */
    public String part() {
        return part;
    }

    /** The extension of names by which tables' readers know it. */
    public Optional<String> extension() {
        return Optional.ofNullable(extension);
    }

    /**
     * The one that query engines find in names with this extension, in lower case. They take {@code .lz4} and
     * {@code .snappy} for Hadoop's own framing, which no other program writes, and do not know {@code .xz}.
     */
    public static Optional<Compression> named(String extension) {
        return Arrays.stream(values())
                .filter(one -> extension.equals(one.extension))
                .findFirst();
    }

    /** Whether tables' readers know it, by the names of objects. */
    public boolean isReadByTables() {
        return extension != null;
    }

    /** In lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
