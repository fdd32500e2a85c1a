package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A compressed object is read whole, or reading it fails. */
class CompressedContentTest {

    private static final String KEY = "flights/a";

    /** An object of several parts, each of which is a whole object too. */
    static Stream<Arguments> objectsOfParts() {
        byte[] text = "{\"a\":1}\n".repeat(3).getBytes(StandardCharsets.UTF_8);
        byte[] noise = new byte[300];
        new Random(7).nextBytes(noise);
        return Stream.of(
                Arguments.of("gzip", List.of(Gzipped.member(text, 1))),
                Arguments.of("gzip members", List.of(Gzipped.member(text, 1), Gzipped.member(noise, 1))),
                Arguments.of("zstd", List.of(Zstd.compress(text))),
                Arguments.of("zstd frames", List.of(Zstd.compress(text), Zstd.compress(noise), Zstd.compress(text))),
                Arguments.of("zstd without sizes", List.of(streamed(text), streamed(noise), streamed(new byte[0]))),
                Arguments.of("skippable first", List.of(Compressed.SKIPPABLE, Zstd.compress(text))),
                Arguments.of("skippable between", List.of(streamed(text), Compressed.SKIPPABLE, streamed(text))),
                Arguments.of(
                        "skippable last", List.of(Zstd.compress(text), Compressed.SKIPPABLE, Compressed.SKIPPABLE)),
                Arguments.of("run lengths", List.of(Zstd.compress(new byte[300_000]), streamed(new byte[300_000]))),
                Arguments.of(
                        "bzip2",
                        List.of(Compressed.bzip2(text), Compressed.bzip2(noise), Compressed.bzip2(new byte[0]))),
                Arguments.of("xz", List.of(xz(text), xz(noise), xz(new byte[0]))),
                Arguments.of("lz4", List.of(lz4(text), lz4(noise), lz4(new byte[0]))),
                Arguments.of("lz4, skippable between", List.of(lz4(text), Compressed.SKIPPABLE, lz4(noise))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsOfParts")
    void everyCutWithinAPartIsNoticed(String form, List<byte[]> parts) throws IOException {
        byte[] whole = joined(parts);
        Set<Integer> ends = ends(parts);
        assertThat(read(whole)).isEqualTo(joinedTexts(parts));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (ends.contains(length) || spellsText(cut)) {
                assertThat(spellsText(cut) || isBeginning(read(cut), joinedTexts(parts)))
                        .as("%s, cut at %d", form, length)
                        .isTrue();
            } else {
                assertThatThrownBy(() -> read(cut))
                        .as("%s, cut at %d", form, length)
                        .isInstanceOfSatisfying(
                                ObjectDefectException.class,
                                e -> assertThat(e.code()).isEqualTo(FailureCode.TRUNCATED));
            }
        }
    }

    private static boolean isBeginning(byte[] beginning, byte[] whole) {
        return Arrays.equals(beginning, Arrays.copyOf(whole, beginning.length));
    }

    /**
     * Whether the cut object is so short that it may be text: one byte of a skippable frame, up to three of bzip2, or
     * one with which no UTF-8 begins.
     */
    private static boolean spellsText(byte[] cut) {
        return switch ((char) (cut[0] & 0xFF)) {
            case 'Z', '\u00FD', '\u00FF' -> cut.length == 1;
            case 'B' -> cut.length <= 3;
            default -> false;
        };
    }

    /** The format has no end marker: an object cut between chunks is valid. */
    @Test
    void snappyIsCutBetweenItsChunksOnly() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        byte[] whole = snappy(Gzipped.concat("{\"a\":1}\n".repeat(9_000).getBytes(StandardCharsets.US_ASCII), noise));
        byte[] text = read(whole);
        int read = 0;
        for (int length = 2; length < whole.length; length += length < 200 ? 1 : 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(isBeginning(read(cut), text)).isTrue();
                read++;
            } catch (ObjectDefectException e) {
                assertThat(e.code()).isEqualTo(FailureCode.TRUNCATED);
            }
        }
        assertThat(text).hasSize(72_000 + 100_000);
        assertThat(read)
                .as("behind its first chunk, and where a chunk ends by chance")
                .isBetween(1, 3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsOfParts")
    void damageIsNeverReadAsSomethingElse(String form, List<byte[]> parts) throws IOException {
        byte[] whole = joined(parts);
        byte[] text = joinedTexts(parts);
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] = (byte) random.nextInt();
            Optional<byte[]> read = readOrRefused(damaged);
            if (!form.startsWith("zstd") && !form.contains("skippable") && !form.equals("run lengths")) {
                assertThat(read.filter(found -> Compression.of(damaged) != Compression.NONE))
                        .as("%s, %d", form, i)
                        .matches(found -> found.isEmpty() || Arrays.equals(found.get(), text));
            }
        }
    }

    /** The content; absent if reading fails as expected. */
    private static Optional<byte[]> readOrRefused(byte[] bytes) throws IOException {
        try {
            return Optional.of(read(bytes));
        } catch (ObjectDefectException e) {
            return Optional.empty();
        }
    }

    /** The object declares the size of the dictionary, which may be false. */
    @Test
    void xzThatNeedsMuchMemoryIsRefused() throws IOException {
        byte[] hostile = xz("{}".getBytes(StandardCharsets.US_ASCII));
        int header = 12;
        int length = (hostile[header] + 1) * Integer.BYTES;
        hostile[header + 4] = 40;
        CRC32 checksum = new CRC32();
        checksum.update(hostile, header, length - Integer.BYTES);
        ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(header + length - Integer.BYTES, (int)
                checksum.getValue());

        assertThatThrownBy(() -> read(hostile)).hasMessageContaining(" is not sound xz (");
    }

    /** 40 lines, compressed by bzip2 1.0.8, xz 5.4.1, lz4 1.9.4 and cramjam 2.14.0. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "QlpoOTFBWSZTWTGN62IAAWfZgAAQEAQgEDIABEogAFCBoGgFKpoA9TBOxOxME6E8E+E9E0J6CbiYJoTBME0J+LuSKcKEgYxvWxA=",
                "/Td6WFoAAATm1rRGA8AjrAIhARYAAAAAFnULBOABKwAbXQA9iIgiNyijBvwXBXvmyjCLYl12a+ZXkp9SkAAAAGcYo/yY3R9nA8AjrA"
                        + "IhARYAAAAAFnULBOABKwAbXQA6CIugqQggfdN1sZ2+hrzjNpSrtmX9PgbZIAAAAIIBshTPnobVA8AioAEhARYAAAAA3+pyg+AA"
                        + "nwAaXQARHQinvCaGI4lGBVQ5TWn3toxRSL3jg7ugAAAAAGtWy1he7g+9AAM7rAI7rAI6oAEAnage0xQXOzADAAAAAARZWg==",
                "/Td6WFoAAArh+wyhAgAhARwAAAAQz1jM4AL3AB5dAD2IiCI3KKMG/BcFe+bKMItiXXZr5leSqsxmvfgAAAAAACqrnNJtLmsfNkwQYV"
                        + "MVQOGWncQE6uFGbxgAiKgsWSNoAAFS+AUAAACPlonNtunfHAIAAAAAClla",
                "BCJNGGRApyAAAAD/BHsiYSI6MSwiYiI6InRleHQifQoTAP//z1B4dCJ9CgAAAAA/hwu/",
                "BCJNGHxA+AIAAAAAAABKIAAAAP8EeyJhIjoxLCJiIjoidGV4dCJ9ChMA///PUHh0In0KJOSkAgAAAAA/hwu/",
                "/wYAAHNOYVBwWQA+AAAQVCYv+AVIeyJhIjoxLCJiIjoidGV4dCJ9Cv4TAP4TAP4TAP4TAP4TAP4TAP4TAP4TAP4TAP4TAP4TAJITAA=="
            })
    void objectsOfOtherProgramsAreRead(String base64) throws IOException {
        assertThat(new String(read(Base64.getDecoder().decode(base64)), StandardCharsets.US_ASCII))
                .isEqualTo("{\"a\":1,\"b\":\"text\"}\n".repeat(40));
    }

    @Test
    void cutsOfLargeObjectsAreNoticed() throws IOException {
        Random random = new Random(11);
        byte[] content = new byte[700_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (random.nextInt(4) + 'a' + (i >> 16));
        }
        List<byte[]> parts =
                List.of(streamed(content), Compressed.SKIPPABLE, Zstd.compress(content, 19), streamed(content));
        byte[] whole = joined(parts);
        assertThat(read(whole)).hasSize(3 * content.length);
        for (int i = 0; i < 60; i++) {
            int length = 1 + random.nextInt(whole.length - 1);
            if (!ends(parts).contains(length)) {
                assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
                        .as("cut at %d of %d", length, whole.length)
                        .isInstanceOf(ObjectDefectException.class);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsOfParts")
    void whatFollowsTheLastPartIsRefused(String form, List<byte[]> parts) {
        byte[] zeros = new byte[form.equals("xz") ? 511 : 512];
        for (byte[] garbage : List.of(new byte[1], zeros, "text\n".getBytes(StandardCharsets.US_ASCII))) {
            byte[] bytes = Gzipped.concat(joined(parts), garbage);

            assertThatThrownBy(() -> read(bytes))
                    .as(form)
                    .isInstanceOfSatisfying(
                            ObjectDefectException.class,
                            e -> assertThat(e.code())
                                    .isIn(
                                            FailureCode.BAD_GZIP,
                                            FailureCode.BAD_ZSTD,
                                            FailureCode.BAD_COMPRESSION,
                                            FailureCode.TRUNCATED))
                    .hasMessageNotContaining(".gz and");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0002!L\u0018', lz4 in its legacy form",
        "x\u009C, zlib",
        "'PAR1\u0015', Parquet",
        "'PAR1\u0010\u0001\u0000\u0000', Parquet",
        "'PARE\u0010\u0001\u0000\u0000', Parquet",
        "7z\u00BC\u00AF, 7-Zip",
        "\u00FF\u00FEx, UTF-16"
    })
    void knownFormsThatAreNotReadAreNamed(String head, String name) {
        byte[] bytes = (head + "and more").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(bytes))
                .hasMessage(
                        "object " + KEY + " is " + name
                                + " by its first bytes: expected text in UTF-8, plain or compressed by gzip, zstd, bzip2, xz, lz4, snappy");
        assertThatThrownBy(() -> RawContent.openNamed(object(bytes), Compression.NONE, objects(bytes), () -> {}))
                .hasMessageContaining(" is " + name + " by its first bytes, and readers take it for plain text");
    }

    static List<Arguments> emptyFrames() {
        return List.of(
                Arguments.of("lz4", lz4(new byte[0])),
                Arguments.of("snappy", snappy(new byte[0])),
                Arguments.of("snappy", new byte[] {(byte) 0xFE, 0, 0, 0}));
    }

    /** The decoders recurse for each of them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("emptyFrames")
    void thousandsOfEmptyFramesAreBadCompression(String name, byte[] frame) {
        byte[] text = "{}\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(name.equals("lz4") ? lz4(text) : snappy(text));
        for (int i = 0; i < 300_000; i++) {
            all.writeBytes(frame);
        }
        byte[] bytes = all.toByteArray();

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BAD_COMPRESSION))
                .hasMessageContaining("is not sound " + name + " (it has thousands of empty frames");
        assertThatThrownBy(() -> Beginning.of(bytes, true)).isInstanceOf(IOException.class);
    }

    @Test
    void textsAreNoCompression() throws IOException {
        for (String text : List.of("BZh1,b\n", "BZh", "BZhx", "P", "PM,x", "x,y", "Obj", "ORC,1", "{}", "(a)")) {
            assertText(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARENT_ID,NAME\n1,a\n",
                "PAREDES,Ana,3\n",
                "PARE\n",
                "PARE",
                "PAR1,PAR2\n",
                "PAR1\n",
                "PAR1\1x\n"
            })
    void textsAreNoParquet(String text) throws IOException {
        assertText(text);
    }

    private static void assertText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(read(bytes)).isEqualTo(bytes);
        try (InputStream named = RawContent.openNamed(object(bytes), Compression.NONE, objects(bytes), () -> {})) {
            assertThat(named.readAllBytes()).isEqualTo(bytes);
        }
    }

    private static byte[] streamed(byte[] content) {
        return Compressed.by(out -> new ZstdOutputStream(out).setChecksum(true), content);
    }

    private static byte[] xz(byte[] content) {
        return Compressed.by(out -> new XZOutputStream(out, new LZMA2Options(1)), content);
    }

    private static byte[] lz4(byte[] content) {
        return Compressed.by(FramedLZ4CompressorOutputStream::new, content);
    }

    private static byte[] snappy(byte[] content) {
        return Compressed.by(FramedSnappyCompressorOutputStream::new, content);
    }

    private static byte[] joined(List<byte[]> parts) {
        return parts.stream().reduce(new byte[0], Gzipped::concat);
    }

    private static byte[] joinedTexts(List<byte[]> parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(read(part));
        }
        return all.toByteArray();
    }

    private static Set<Integer> ends(List<byte[]> parts) {
        return new HashSet<>(IntStream.rangeClosed(0, parts.size())
                .mapToObj(count -> joined(parts.subList(0, count)).length)
                .toList());
    }

    private static ObjectSummary object(byte[] bytes) {
        return InMemoryObjects.summary(KEY, bytes.length);
    }

    private static InMemoryObjects objects(byte[] bytes) {
        return new InMemoryObjects().put(object(bytes), () -> new ByteArrayInputStream(bytes));
    }

    private static byte[] read(byte[] bytes) throws IOException {
        try (InputStream in = RawContent.open(object(bytes), objects(bytes), StandardCharsets.UTF_8, () -> {})) {
            return in.readAllBytes();
        }
    }
}
