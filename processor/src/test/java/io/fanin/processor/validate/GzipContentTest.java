package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.Gzipped;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.TricklingStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipContentTest {
    private static final int HEADER = 10;
    private static final byte[] TWO = Gzipped.members("{\"a\": \"first\"}\n", "{\"a\": \"second\"}\n");

    @Test
    void everyMemberIsReadWhateverTheStreamSaysIsAvailable() {
        // Java 17's GZIPInputStream ends after the first member here.
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            InMemoryObjects objects = new InMemoryObjects()
                    .put(
                            InMemoryObjects.summary(PREFIX + "a.json.gz", TWO.length),
                            () -> new TricklingStream(new ByteArrayInputStream(TWO), random));

            assertThat(rows(partition(JSON, objects))).as("seed %d", seed).isEqualTo(2);
        }
    }

    @Test
    void emptyMembersHoldNoRows() {
        assertThat(rows(partition(JSON, "a.gz", Gzipped.members("", "{}", "")))).isEqualTo(1);
        assertThat(rows(partition(JSON, "a.gz", Gzipped.members("")))).isZero();
    }

    @Test
    void everyCutButTheOneBetweenMembersIsNoticed() {
        int between = Gzipped.members("{\"a\": \"first\"}\n").length;

        for (int length = 0; length < TWO.length; length++) {
            if (length != between) {
                byte[] cut = Arrays.copyOf(TWO, length);
                assertThat(unsound(partition(JSON, "a.json.gz", cut), FailureCode.TRUNCATED)
                                .getMessage())
                        .isEqualTo("object %sa.json.gz %s: its writer or its upload was cut short, write it again"
                                .formatted(
                                        PREFIX,
                                        length == 0
                                                ? "is empty, without a header"
                                                : "ends in the middle of the gzip stream, after all of its " + length
                                                        + " bytes"));
            }
        }
    }

    @Test
    void everyFlippedBitThatChangesTheContentIsNoticed() {
        String line = "{\"a\": \"" + "0123456789".repeat(3) + "\"}\n";
        byte[] one = Gzipped.members(line);
        int padding = 0;
        for (int bit = HEADER * 8; bit < one.length * 8; bit++) {
            byte[] flipped = one.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            Checked.Validated validated = partition(JSON, "a.json.gz", flipped);
            validated
                    .defect()
                    .ifPresent(unsound -> assertThat(unsound.code()).isIn(FailureCode.BAD_GZIP, FailureCode.TRUNCATED));
            padding += validated.defect().isPresent() ? 0 : 1;
        }
        // Deflate may end anywhere in its last byte; the rest of that byte is padding.
        assertThat(padding).isLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\n", "PK\u0003\u0004", "x", "\u001fx"})
    void whatIsNotGzipIsRefused(String content) {
        assertThat(unsound(
                                partition(JSON, "a.json.gz", content.getBytes(StandardCharsets.ISO_8859_1)),
                                FailureCode.BAD_GZIP)
                        .getMessage())
                .startsWith("object " + PREFIX + "a.json.gz is named .gz and is not gzip by its first bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\n", "\0\0\0\0", "\u001f\u001f\u001f"})
    void whatFollowsTheLastMemberIsRefused(String garbage) {
        byte[] bytes = Gzipped.concat(TWO, garbage.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(unsound(partition(JSON, "a.json.gz", bytes), FailureCode.BAD_GZIP)
                        .getMessage())
                .contains("after a valid .gz stream");
    }

    @Test
    void badRecordInSoundGzipIsABadRecord() {
        unsound(partition(JSON, "a.json.gz", Gzipped.members("{}\n[]\n", "{}")), FailureCode.BAD_RECORD);
    }

    @Test
    void damageExplainsTheBadRecordBeforeIt() {
        byte[] bytes = Gzipped.concat(Gzipped.members("[]\n"), "garbage".getBytes(StandardCharsets.US_ASCII));

        unsound(partition(JSON, "a.json.gz", bytes), FailureCode.BAD_GZIP);
    }
}
