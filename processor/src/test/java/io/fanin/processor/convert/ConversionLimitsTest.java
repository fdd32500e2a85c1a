package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.table.Column;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversions of much data, with little memory, and with little time. */
class ConversionLimitsTest {

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    /** 200 MB of one character in a record without end: held neither in memory nor on the disk. */
    @Test
    void gzipBombIsABadRecord() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 200; i++) {
                gzip.write(megabyte);
            }
        }
        fixture.raw("a.json", ONE).raw("bomb.json.gz", bomb.toByteArray());

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.bad()).isEqualTo(1);
        assertThat(fixture.rows()).containsExactly("1|a");
    }

    /**
     * 64 GB of line ends, which are not records. The object is not the last one, which would be decompressed by another
     * thread.
     */
    @Test
    @Timeout(300)
    void textWithoutRecordsIsGivenUpBeforeTheFunctionEnds() throws IOException {
        byte[] lines = new byte[16 << 20];
        Arrays.fill(lines, (byte) '\n');
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        try (OutputStream bzip2 = new BZip2CompressorOutputStream(part)) {
            bzip2.write(lines);
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < 4_000; i++) {
            part.writeTo(bomb);
        }
        AtomicInteger looks = new AtomicInteger();
        fixture.deadline = new Deadline(() -> looks.incrementAndGet() < 600 ? 60_000 : 5_000);
        fixture.raw("bomb.json.bz2", bomb.toByteArray());
        for (int i = 0; i < 500; i++) {
            fixture.raw("later-" + i + ".json", ONE);
        }

        fixture.assertFails("DeadlineExceeded", "records of " + FROM + " are read");
    }

    @Test
    void thousandsOfTinyObjectsAreOneFile() throws IOException {
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            fixture.raw(i + ".json", "{\"id\":" + i + "}");
        }

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(count);
        assertThat(fixture.written()).containsExactly("part-00000.parquet");
    }

    @Test
    void workIsGivenUpBeforeTheFunctionEnds() {
        AtomicInteger looks = new AtomicInteger();
        fixture.deadline = new Deadline(() -> looks.incrementAndGet() < 20 ? 60_000 : 5_000);
        for (int i = 0; i < 200; i++) {
            fixture.raw(i + ".json", ONE);
        }

        fixture.assertFails("DeadlineExceeded", "records of " + FROM + " are read");
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void nothingIsPublishedWithoutTheTimeForAllOfIt() {
        fixture.deadline = new Deadline(() -> 15_000);
        fixture.raw("a.json", ONE);

        fixture.assertFails("DeadlineExceeded", "1 rows are converted into 1 files; nothing was published");
        assertThat(fixture.written()).isEmpty();
    }

    /** A higher limit would not help. */
    @Test
    void moreBadRecordsThanTheDiskKeepsAreNoMatterOfTheLimit() {
        fixture.settings = new ConversionSettings(fixture.scratch(), 128L << 20, 400L << 20, 2, 2, 1L << 20);
        fixture.raw("a.json", ONE + ("\"" + "x".repeat(60_000) + "\"\n").repeat(150));

        assertThatThrownBy(fixture::convert)
                .hasMessageContainingAll("bad records of more than 8388608 bytes", "onBadRecord", "ProcessorStorage")
                .hasMessageNotContaining("maxBadRecords");
        assertThat(fixture.written()).isEmpty();
    }

    @RepeatedTest(3)
    void exhaustedMemoryNamesTheParameterToRaise() {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("name", "array<string>"));
        fixture.settings = new ConversionSettings(fixture.scratch(), 1L << 30, 128L << 20, 4, 2, 16L << 20);
        String list = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"element " + i + "\"")
                .collect(Collectors.joining(","));
        for (int i = 0; i < 60; i++) {
            fixture.raw(i + ".json", "{\"id\":" + i + ",\"name\":[" + list + "]}\n");
        }

        fixture.assertFails("OutOfMemory", "ProcessorMemory");
        assertThat(fixture.written()).isEmpty();
    }
}
