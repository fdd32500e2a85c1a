package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects of a table must use only compressions that query engines decompress; TrinoCompressionIT verifies them with an
 * engine.
 */
class CompressedTableTest {

    private static final String KEY = "flights/a";
    private static final byte[] TEXT = "{\"a\":1}\n".repeat(9).getBytes(StandardCharsets.UTF_8);

    static Stream<Arguments> whatEnginesDecompress() throws IOException {
        return Stream.of(
                Arguments.of(
                        "frames",
                        Compression.ZSTD,
                        Gzipped.concat(Zstd.compress(TEXT), Compressed.windowed(23, TEXT)),
                        2),
                Arguments.of(
                        "level 19", Compression.ZSTD, Compressed.by(out -> new ZstdOutputStream(out, 19), TEXT), 1),
                Arguments.of("a stream", Compression.BZIP2, Compressed.bzip2(TEXT), 1),
                Arguments.of(
                        "members",
                        Compression.GZIP,
                        Gzipped.concat(Gzipped.member(TEXT, 1), Gzipped.member(TEXT, 1)),
                        2));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("whatEnginesDecompress")
    void isRead(String form, Compression compression, byte[] stored, int texts) throws IOException {
        assertThat(table(stored, compression)).asString(StandardCharsets.UTF_8).hasSize(texts * TEXT.length);
    }

    static Stream<Arguments> whatTheyDoNot() throws IOException {
        String window = "its zstd window is larger than 8 MiB: compress it without --long, and with level 19 at most";
        String skippable = "it has a skippable frame, as pzstd writes them: compress it by zstd";
        String streams = "its first bzip2 stream is followed by another, as pbzip2 writes them, or by other bytes:"
                + " compress it by bzip2";
        return Stream.of(
                Arguments.of("a window of 16 MiB", Compression.ZSTD, Compressed.windowed(24, TEXT), window),
                Arguments.of(
                        "such a window behind another",
                        Compression.ZSTD,
                        Gzipped.concat(Zstd.compress(TEXT), Compressed.windowed(24, TEXT)),
                        window),
                Arguments.of(
                        "skippable first",
                        Compression.ZSTD,
                        Gzipped.concat(Compressed.SKIPPABLE, Zstd.compress(TEXT)),
                        skippable),
                Arguments.of(
                        "skippable last",
                        Compression.ZSTD,
                        Gzipped.concat(Zstd.compress(TEXT), Compressed.SKIPPABLE),
                        skippable),
                Arguments.of(
                        "streams",
                        Compression.BZIP2,
                        Gzipped.concat(Compressed.bzip2(TEXT), Compressed.bzip2(TEXT)),
                        streams));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("whatTheyDoNot")
    void isRefused(String form, Compression compression, byte[] stored, String why) throws IOException {
        assertThatThrownBy(() -> table(stored, compression))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class,
                        e -> assertThat(e.code())
                                .isEqualTo(
                                        compression == Compression.ZSTD
                                                ? FailureCode.BAD_ZSTD
                                                : FailureCode.BAD_COMPRESSION))
                .hasMessage("object " + KEY + " cannot be decompressed by query engines: " + why);
        assertThat(raw(stored)).isNotEmpty();
    }

    private static byte[] table(byte[] stored, Compression named) throws IOException {
        ObjectSummary object = InMemoryObjects.summary(KEY, stored.length);
        try (InputStream in = RawContent.openNamed(object, named, objects(object, stored), () -> {})) {
            return in.readAllBytes();
        }
    }

    private static byte[] raw(byte[] stored) throws IOException {
        ObjectSummary object = InMemoryObjects.summary(KEY, stored.length);
        try (InputStream in = RawContent.open(object, objects(object, stored), StandardCharsets.UTF_8, () -> {})) {
            return in.readAllBytes();
        }
    }

    private static InMemoryObjects objects(ObjectSummary object, byte[] stored) {
        return new InMemoryObjects().put(object, () -> new ByteArrayInputStream(stored));
    }
}
