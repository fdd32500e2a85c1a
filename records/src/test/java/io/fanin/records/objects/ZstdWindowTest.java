package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several objects are open at a time, and their windows lie beside the heap and the database. */
class ZstdWindowTest {

    private static final String KEY = "flights/a.zst";
    private static final byte[] TEXT = "{\"carrier\":\"UA\",\"delay\":17}\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void windowOf64MebibytesIsRead() throws IOException {
        assertThat(read(Compressed.windowed(26, TEXT))).isEqualTo(TEXT);
    }

    @Test
    void objectMayBeLargerThanItsWindow() throws IOException {
        assertThat(read(Zstd.compress(new byte[70 << 20], 19))).hasSize(70 << 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void widerOneIsRefused(boolean behindAnother) throws IOException {
        byte[] wide = behindAnother
                ? Gzipped.concat(Compressed.windowed(26, TEXT), Compressed.windowed(27, TEXT))
                : Compressed.windowed(27, TEXT);

        assertThatThrownBy(() -> read(wide))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BAD_ZSTD))
                .hasMessage("object " + KEY + " cannot be decompressed: its zstd window is larger than 64 MiB:"
                        + " compress it without --long=27, and with less than --ultra -22");
        assertThatThrownBy(() -> Beginning.of(wide, true))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("its zstd window is larger than 64 MiB");
    }

    private static byte[] read(byte[] bytes) throws IOException {
        ObjectSummary object = InMemoryObjects.summary(KEY, bytes.length);
        InMemoryObjects objects = new InMemoryObjects().put(object, () -> new ByteArrayInputStream(bytes));
        try (InputStream in = RawContent.open(object, objects, StandardCharsets.UTF_8, () -> {})) {
            return in.readAllBytes();
        }
    }
}
