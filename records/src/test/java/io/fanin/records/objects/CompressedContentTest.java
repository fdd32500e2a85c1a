package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A compressed object is read whole, or reading it fails. */
class CompressedContentTest {

    private static final String KEY = "flights/a";
    private static final byte[] SKIPPABLE = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

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
                Arguments.of("skippable first", List.of(SKIPPABLE, Zstd.compress(text))),
                Arguments.of("skippable between", List.of(streamed(text), SKIPPABLE, streamed(text))),
                Arguments.of("skippable last", List.of(Zstd.compress(text), SKIPPABLE, SKIPPABLE)),
                Arguments.of("run lengths", List.of(Zstd.compress(new byte[300_000]), streamed(new byte[300_000]))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objectsOfParts")
    void everyCutWithinAPartIsNoticed(String form, List<byte[]> parts) throws IOException {
        byte[] whole = joined(parts);
        Set<Integer> ends = ends(parts);
        assertThat(read(whole)).isEqualTo(joinedTexts(parts));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            boolean oneByteOfSkippable = length == 1 && whole[0] == SKIPPABLE[0];
            if (ends.contains(length) || oneByteOfSkippable) {
                read(cut);
            } else {
                assertThatThrownBy(() -> read(cut))
                        .as("%s, cut at %d", form, length)
                        .isInstanceOfSatisfying(
                                ObjectDefectException.class,
                                e -> assertThat(e.code()).isEqualTo(FailureCode.TRUNCATED));
            }
        }
    }

    @Test
    void cutsOfLargeObjectsAreNoticed() throws IOException {
        Random random = new Random(11);
        byte[] content = new byte[700_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (random.nextInt(4) + 'a' + (i >> 16));
        }
        List<byte[]> parts = List.of(streamed(content), SKIPPABLE, Zstd.compress(content, 19), streamed(content));
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
        for (byte[] garbage : List.of(new byte[1], new byte[512], "text\n".getBytes(StandardCharsets.US_ASCII))) {
            byte[] bytes = Gzipped.concat(joined(parts), garbage);

            assertThatThrownBy(() -> read(bytes))
                    .as(form)
                    .isInstanceOfSatisfying(
                            ObjectDefectException.class,
                            e -> assertThat(e.code())
                                    .isIn(FailureCode.BAD_GZIP, FailureCode.BAD_ZSTD, FailureCode.TRUNCATED))
                    .hasMessageNotContaining(".gz and");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BZh11AY&SY, bzip2",
        "BZh91AY&SY, bzip2",
        "PAR1, Parquet",
        "7z\u00BC\u00AF, 7-Zip",
        "\u00FF\u00FEx, UTF-16"
    })
    void knownFormsThatAreNotReadAreNamed(String head, String name) {
        byte[] bytes = (head + "and more").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(bytes))
                .hasMessage("object " + KEY + " is " + name
                        + " by its first bytes: expected text in UTF-8, plain or in gzip or zstd");
        assertThatThrownBy(() -> RawContent.openNamed(object(bytes), false, objects(bytes)))
                .hasMessageContaining(" is " + name + " by its first bytes, and readers take it for plain text");
    }

    @Test
    void textsAreNoCompression() throws IOException {
        for (String text : List.of("BZh1,b\n", "P", "PM,x", "x,y", "Obj", "ORC,1", "{}", "(a)")) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(read(bytes)).isEqualTo(bytes);
        }
    }

    private static byte[] streamed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes).setChecksum(true)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
        try (InputStream in = RawContent.open(object(bytes), objects(bytes))) {
            return in.readAllBytes();
        }
    }
}
