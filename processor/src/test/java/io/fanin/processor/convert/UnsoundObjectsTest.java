package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.LANDING;
import static io.fanin.processor.convert.ConversionFixture.ONE;
import static io.fanin.processor.convert.ConversionFixture.TWO;
import static io.fanin.processor.convert.ConversionFixture.gzip;
import static io.fanin.processor.convert.ConversionFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object that cannot be read, or has changed since it was listed, fails its partition. */
class UnsoundObjectsTest {

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    @ParameterizedTest
    @ValueSource(ints = {10, 40})
    void gzipThatIsCutShortFailsThePartition(int kept) throws IOException {
        fixture.raw("a.json", ONE).raw("b.json.gz", Arrays.copyOf(gzip(ONE + TWO.repeat(500)), kept));

        assertUnsound(FailureCode.TRUNCATED, FROM + "b.json.gz");
    }

    @Test
    void zstdThatIsDamagedOrCutShortFailsThePartition() {
        byte[] zstd = Zstd.compress(lines(0, 1_000).getBytes(StandardCharsets.UTF_8));
        byte[] damaged = zstd.clone();
        Arrays.fill(damaged, 20, 40, (byte) 0xFF);

        fixture.raw("b.json.zst", damaged);
        assertUnsound(FailureCode.BAD_ZSTD, FROM + "b.json.zst");
        fixture.raw("b.json.zst", Arrays.copyOf(zstd, zstd.length / 2));
        assertUnsound(FailureCode.TRUNCATED, FROM + "b.json.zst");
    }

    @Test
    void recordWhoseEndCannotBeToldFailsThePartition() {
        fixture.raw("b.json", "[{\"id\":1},\n{\"name\":\"x\"y\"},{\"id\":2}]");

        assertUnsound(
                FailureCode.BAD_RECORD,
                FROM
                        + "b.json, line 2, after 11 bytes: the end of a broken record cannot be told, nor how many records");
    }

    @Test
    void parquetAmongTheRawDataFailsThePartition() {
        fixture.raw("b.json", "PAR1\u0015\u0004");

        assertUnsound(FailureCode.WRONG_FORMAT, "is Parquet by its first bytes");
    }

    @Test
    void textInUtf16FailsThePartition() {
        fixture.raw("b.json", ONE.getBytes(StandardCharsets.UTF_16));

        assertUnsound(FailureCode.WRONG_FORMAT, "is UTF-16 by its first bytes: expected text in UTF-8");
    }

    @Test
    void objectDeletedWhileTheOthersAreReadFailsThePartition() {
        fixture.raw("a.json", ONE).raw("b.json", TWO);
        fixture.s3
                .faults()
                .on("GetObject")
                .first(1)
                .thenRun(() -> fixture.s3.delete(LANDING, FROM + "a.json").delete(LANDING, FROM + "b.json"));

        assertUnsound(FailureCode.VANISHED, "was deleted while being read");
    }

    @Test
    void objectReplacedWhileItIsReadFailsThePartition() {
        fixture.raw("a.json", ONE);
        fixture.s3.faults().on("GetObject").first(1).thenRun(() -> fixture.raw("a.json", TWO));

        assertUnsound(FailureCode.REPLACED, "was replaced while being read");
    }

    private void assertUnsound(FailureCode defect, String message) {
        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(defect))
                .hasMessageContaining(message);
        assertThat(fixture.written()).isEmpty();
    }
}
