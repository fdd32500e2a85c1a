package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.raw.text.Words;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Plain text is recognised eight bytes at a time. */
class WordsTest {

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

    @Test
    void onlyABackslashEndsWhatIsCopied() {
        for (int place = 0; place < Long.BYTES; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);
                text[place] = (byte) value;

                assertThat(Words.beforeBackslash(Words.eight(text, 0)))
                        .as("%d at %d", value, place)
                        .isEqualTo(value == '\\' ? place : Long.BYTES);
            }
        }
    }
}
