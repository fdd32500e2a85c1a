package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.objects.TricklingStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void splitsWhereJavasOwnReaderDoes() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String text = text(random);
            List<String> expected =
                    new BufferedReader(new StringReader(text)).lines().toList();

            assertThat(lines(text, random)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static List<String> lines(String text, Random random) throws IOException {
        Lines lines = new Lines(
                new TricklingStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), random));
        List<String> read = new ArrayList<>();
        while (lines.next()) {
            byte[] bytes = lines.readAllBytes();
            assertThat(lines.read()).isEqualTo(-1);
            assertThat(lines.peek()).isEqualTo(-1);
            read.add(new String(bytes, StandardCharsets.US_ASCII));
            assertThat(lines.number()).isEqualTo(read.size());
        }
        return read;
    }

    @Test
    void lineThatIsLeftUnreadIsPassedOver() throws IOException {
        Lines lines = new Lines(
                new ByteArrayInputStream(("x".repeat(200_000) + "\r\nsecond").getBytes(StandardCharsets.US_ASCII)));

        assertThat(lines.next()).isTrue();
        assertThat(lines.read()).isEqualTo('x');
        assertThat(lines.next()).isTrue();
        assertThat(lines.readAllBytes()).asString().isEqualTo("second");
        assertThat(lines.unterminated()).isTrue();
        assertThat(lines.next()).isFalse();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append("ab\n\r".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
