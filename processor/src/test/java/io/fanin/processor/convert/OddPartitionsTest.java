package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ComputedObjects;
import io.fanin.records.scratch.ConversionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw data of an unusual shape is converted with the same memory and disk as any other. */
class OddPartitionsTest {

    private static final int MEBIBYTE = 1 << 20;

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    @BeforeEach
    void leaveLittleRoom() {
        fixture.settings = new ConversionSettings(fixture.scratch(), 128L * MEBIBYTE, 400L * MEBIBYTE, 2, 2, MEBIBYTE);
    }

    @Test
    void millionOfTinyObjects() throws IOException {
        ComputedObjects objects = new ComputedObjects(1_000_000, "{\"id\":1}".getBytes(StandardCharsets.US_ASCII));
        fixture.objects = Optional.of(objects);

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(1_000_000);
        assertThat(converted.read().files()).isEqualTo(1_000_000);
        assertThat(objects.growth()).as("bytes of the heap").isLessThan(16L * MEBIBYTE);
    }

    @Test
    void recordOf100MegabytesIsBadAndItsNeighboursAreRead() throws IOException {
        byte[] record = new byte[100 * MEBIBYTE];
        Arrays.fill(record, (byte) 'x');
        write(record, 0, "{\"id\":1}\n{\"name\":\"");
        write(record, record.length - 12, "\"}\n{\"id\":2}\n");
        fixture.raw("a.json", record);

        ConversionReport.Converted converted = fixture.converted();

        assertThat(fixture.rows()).containsExactly("1|null", "2|null");
        assertThat(converted.bad()).isEqualTo(1);
        assertThat(fixture.quarantined)
                .singleElement()
                .satisfies(bad -> assertThat(bad)
                        .contains(FROM + "a.json", "\"line\":2", "it is longer than 16777216 bytes")
                        .hasSizeLessThan(70_000));
    }

    /** 400 MB of sound records where there is room for 128. */
    @Test
    void gzipThatExpandsAThousandfoldIsConvertedInPieces() throws IOException {
        byte[] records = ("{\"id\":7,\"name\":\"" + "x".repeat(1000) + "\"}\n")
                .repeat(1000)
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 400; i++) {
                gzip.write(records);
            }
        }
        assertThat(400L * records.length / bytes.size()).isGreaterThan(300);
        fixture.raw("a.json.gz", bytes.toByteArray());

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(400_000);
        assertThat(converted.bad()).isZero();
    }

    @Test
    void emptyObjectsOfAnyNameHoldNoRecords() throws IOException {
        for (String name : List.of("a.json", "b.json.gz", "c.zst", "d.parquet", "e")) {
            fixture.raw(name, "");
        }

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isZero();
        assertThat(converted.read().files()).isEqualTo(5);
        assertThat(fixture.written()).isEmpty();
    }

    private static void write(byte[] record, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, record, at, bytes.length);
    }
}
