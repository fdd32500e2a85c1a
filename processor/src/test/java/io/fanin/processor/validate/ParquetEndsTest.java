package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.PARQUET;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.sound;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetEndsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "100, 100", "100, 1", "70000, 66000"})
    void footerThatFitsIsSound(int room, int footer) {
        sound(partition(PARQUET, "a.parquet", parquet(room, footer)));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 101, expected 1 to 100",
        "100, 0, expected 1 to 100",
        "100, -1, expected 1 to 100",
        "100, 2147483647, expected 1 to 100",
        "0, 0, expected 1 to 0"
    })
    void footerThatDoesNotFitIsRefused(int room, int footer, String expected) {
        assertThat(unsound(partition(PARQUET, "a.parquet", parquet(room, footer)), Defect.BAD_PARQUET)
                        .message())
                .contains("its footer has %d bytes".formatted(footer), expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11})
    void objectTooShortForParquetIsRefused(int size) {
        byte[] bytes = Arrays.copyOf(parquet(100, 20), size);

        assertThat(unsound(partition(PARQUET, "a.parquet", bytes), Defect.BAD_PARQUET)
                        .message())
                .isEqualTo(
                        "object %sa.parquet is no sound Parquet: it has %d bytes: expected at least 12; write it again"
                                .formatted(Checked.PREFIX, size));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 50, 111})
    void objectCutShortIsRefused(int size) {
        byte[] bytes = Arrays.copyOf(parquet(100, 20), size);

        assertThat(unsound(partition(PARQUET, "a.parquet", bytes), Defect.BAD_PARQUET)
                        .message())
                .contains("ends with '", "expected 'PAR1'");
    }

    @Test
    void otherContentIsNamed() {
        byte[] json = "{\"a\": \"0123456789\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(unsound(partition(PARQUET, "a", json), Defect.BAD_PARQUET).message())
                .contains("begins with '{\"a\"'");
    }

    @Test
    void encryptedFooterIsNamed() {
        byte[] bytes = parquet(100, 20);
        bytes[3] = 'E';
        bytes[bytes.length - 1] = 'E';

        assertThat(unsound(partition(PARQUET, "a", bytes), Defect.BAD_PARQUET).message())
                .contains("its footer is encrypted");
    }

    /** Magic, {@code room} bytes, the footer's length, magic. */
    static byte[] parquet(int room, int footer) {
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(room + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic)
                .position(4 + room)
                .putInt(footer)
                .put(magic)
                .array();
    }
}
