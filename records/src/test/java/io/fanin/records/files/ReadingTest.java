package io.fanin.records.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.Conversion;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two objects of a partition, which are open at the same time. */
class ReadingTest {

    private static final String PREFIX = "raw/hour=1/";
    private static final byte[] LINE = "{\"id\": 1}\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BLANKS = " ".repeat(LINE.length).getBytes(StandardCharsets.US_ASCII);
    private static final int LINES = 100;
    private static final int SECONDS = 20;

    /** The size of an object that is neither fetched ahead nor gets a second thread. */
    private static final long MEDIUM = 600_000;

    private static final long LARGE = 1 << 20;

    private static final SourceDefinition SOURCE = new SourceDefinition(
            S3Location.of("s3://landing/raw/"),
            DataFormat.JSON,
            CsvOptions.DEFAULT,
            List.of(new PartitionKey("hour", KeyType.INT)),
            TableDefinition.HIVE_LAYOUT);

    private final Conversion conversion = new Conversion(
            SOURCE, List.of(new Column("id", "int")), LocalConversion.NO_BAD_RECORDS, CsvReading.BY_HEADER);

    private final CountDownLatch opened = new CountDownLatch(2);

    @TempDir
    private Path temporary;

    @Test
    void objectsAreDecompressedSideBySide() {
        CountDownLatch begun = new CountDownLatch(2);
        Step waiting = line -> {
            if (line == LINES / 2) {
                begun.countDown();
                await(begun);
            }
            return line < LINES ? LINE : new byte[0];
        };
        Chunks chunks = chunks();

        try (Reading reading = reading(LARGE, waiting, waiting)) {
            reading.start(chunks, badRecords());

            assertThat(rows(chunks)).isEqualTo(2 * LINES);
        }
    }

    @Test
    void failureOfAnObjectIsToldBeforeOtherReadersEndBecauseOfIt() throws InterruptedException {
        IOException failure = new IOException("the connection broke");
        CountDownLatch failing = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Chunks chunks = chunks();

        try (Reading reading = reading(
                MEDIUM,
                line -> {
                    await(failing);
                    throw failure;
                },
                line -> BLANKS,
                ended::countDown)) {
            reading.start(chunks, badRecords());
            opened.await();
            synchronized (chunks) {
                failing.countDown();
                assertThat(ended.await(1, TimeUnit.SECONDS))
                        .as("another reader has ended, and the failure is not told")
                        .isFalse();
            }

            assertThatThrownBy(chunks::hasNext).rootCause().isSameAs(failure);
        }
    }

    /** The lines of an object; an empty one is its end. */
    private interface Step {
        byte[] line(int index) throws IOException;
    }

    private Reading reading(long size, Step first, Step second) {
        return reading(size, first, second, () -> {});
    }

    private Reading reading(long size, Step first, Step second, Runnable secondIsClosed) {
        ObjectSummary one = InMemoryObjects.summary(PREFIX + "a.json", size);
        ObjectSummary other = InMemoryObjects.summary(PREFIX + "b.json", size);
        ObjectSource objects = new ObjectSource() {
            @Override
            public Iterator<ObjectSummary> list(String prefix) {
                return List.of(one, other).iterator();
            }

            @Override
            public InputStream open(ObjectSummary object) {
                opened.countDown();
                return object.equals(one) ? stream(first, () -> {}) : stream(second, secondIsClosed);
            }

            @Override
            public byte[] range(ObjectSummary object, long from, long toInclusive) {
                throw new UnsupportedOperationException("whole objects are read");
            }
        };
        return new Reading(
                SOURCE,
                objects,
                conversion,
                PREFIX,
                new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 2, 1L << 20));
    }

    private InputStream stream(Step step, Runnable whenClosed) {
        return new BlockInputStream() {
            private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);
            private int lines;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                await(opened);
                if (line.available() == 0) {
                    line = new ByteArrayInputStream(step.line(lines));
                    lines++;
                }
                return line.read(bytes, offset, length);
            }

            @Override
            public void close() {
                whenClosed.run();
            }
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the other object is not read meanwhile");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private Chunks chunks() {
        return new Chunks(conversion.vectors(), 1_000, 1L << 20, () -> {});
    }

    private BadRecords badRecords() {
        return new BadRecords(
                OnBadRecord.FAIL, new BadRecordLimit.Count(0), temporary.resolve("bad"), 1L << 20, RowSamples.SHOWN);
    }

    private static long rows(Chunks chunks) {
        long rows = 0;
        for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            rows += next.get().row();
        }
        return rows;
    }
}
