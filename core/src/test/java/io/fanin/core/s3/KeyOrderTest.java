package io.fanin.core.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** S3 lists keys in the order of their bytes. */
class KeyOrderTest {

    private static final int[] CODE_POINTS = {'-', '/', '0', '=', 'A', 'a', 0x7f, 0xe9, 0xd7ff, 0xe000, 0xffff, 0x1f600
    };

    @Test
    void aCharacterBeyondTheBasicPlaneComesAfterAllOthers() {
        assertThat(KeyOrder.BYTES.compare("\uffff", "\ud83d\ude00")).isNegative();
        assertThat("\uffff".compareTo("\ud83d\ude00")).isPositive();
    }

    @Test
    void orderIsThatOfTheBytes() {
        Random random = new Random(20130208);
        for (int i = 0; i < 20_000; i++) {
            String one = text(random);
            String other = text(random);

            assertThat(Integer.signum(KeyOrder.BYTES.compare(one, other)))
                    .as("%s, %s", one, other)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8))));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }
}
