package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.raw.plain.Words;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Digits and plain text are told from eight bytes at once. */
class WordsTest {

    @Test
    void digitsAreCountedAndAddedUp() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int count = random.nextInt(9);
            long number = random.nextLong((long) Math.pow(10, count));
            String digits = count == 0 ? "" : String.format("%0" + count + "d", number);
            byte[] text = (digits + (char) random.nextInt('0') + "12345678").getBytes(StandardCharsets.ISO_8859_1);

            assertThat(Words.digits(Words.eight(text, 0))).as(digits).isEqualTo(count);
            if (count > 0) {
                assertThat(Words.number(Words.eight(text, 0), count)).as(digits).isEqualTo((int) number);
            }
        }
    }

    @Test
    void everyByteThatIsNotPlainEndsAText() {
        for (int place = 0; place < Long.BYTES; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);
                text[place] = (byte) value;
                boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';

                assertThat(Words.plain(Words.eight(text, 0)))
                        .as("%d at %d", value, place)
                        .isEqualTo(plain ? Long.BYTES : place);
            }
        }
    }
}
