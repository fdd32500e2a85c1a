package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.sound;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ComputedObjects;
import io.fanin.records.objects.Gzipped;
import io.fanin.records.objects.InMemoryObjects;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BoundedMemoryTest {
    private static final Checked.Text CSV = Checked.Text.csv(',', true, false);
    private static final int MIB = 1 << 20;
    private static final long ALLOCATED_AT_MOST = 24L * MIB;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void gzipBombOfBlankLines() {
        byte[] bomb = Gzipped.member(filled('\n', MIB), 100);

        assertThat(sound(bounded(JSON, "a.json.gz", bomb)).rows()).isEmpty();
        assertThat(rows(bounded(CSV, "a.csv.gz", bomb))).isEqualTo(100L * MIB);
    }

    @Test
    void gzipBombOfZeros() {
        byte[] bomb = Gzipped.member(filled('\0', MIB), 200);

        unsound(bounded(JSON, "a.json.gz", bomb), FailureCode.BAD_RECORD);
    }

    @Test
    void lineOf100MegabytesInOneValue() {
        for (Checked.Validated report : List.of(
                bounded(JSON, "a.json", line("{\"a\": \"", 'x', "\"}\n")),
                bounded(CSV, "a.csv", line("\"", 'x', "\"\n")))) {
            assertThat(unsound(report, FailureCode.BAD_RECORD)).hasMessageContaining("it is longer than 32 MiB");
        }
    }

    @Test
    void lineOf100MegabytesInOneNumberNameOrToken() {
        unsound(bounded(JSON, "a.json", line("{\"a\": ", '1', "}\n")), FailureCode.BAD_RECORD);
        unsound(bounded(JSON, "a.json", line("{\"", 'n', "\": 1}\n")), FailureCode.BAD_RECORD);
        unsound(bounded(JSON, "a.json", line("", 'n', "\n")), FailureCode.BAD_RECORD);
        unsound(bounded(JSON, "a.json", line("", '[', "\n")), FailureCode.BAD_RECORD);
    }

    @Test
    void gzipHeaderWithAnEndlessFileName() {
        byte[] flags = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0};

        assertThat(unsound(
                                bounded(
                                        JSON,
                                        "a.json.gz",
                                        () -> then(new ByteArrayInputStream(flags), new Repeated('n', 100L * MIB))),
                                FailureCode.BAD_GZIP)
                        .getMessage())
                .contains("headers or empty members of more than 4194304 bytes");
    }

    @Test
    void manyTinyObjects() {
        ComputedObjects objects = new ComputedObjects(300_000, ascii("{}\n"));

        assertThat(rows(partition(JSON, objects))).isEqualTo(300_000);

        assertThat(objects.growth()).as("bytes of the heap").isLessThan(8L * MIB);
    }

    private Checked.Validated bounded(Checked.Text format, String name, byte[] bytes) {
        return bounded(format, name, () -> new ByteArrayInputStream(bytes));
    }

    private Checked.Validated bounded(Checked.Text format, String name, Supplier<InputStream> content) {
        InMemoryObjects objects =
                new InMemoryObjects().put(InMemoryObjects.summary(PREFIX + name, 100L * MIB), content);
        long before = threads.getCurrentThreadAllocatedBytes();
        Checked.Validated report = partition(format, objects);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated")
                .isLessThan(ALLOCATED_AT_MOST);
        return report;
    }

    private static Supplier<InputStream> line(String start, char filler, String end) {
        return () -> then(
                then(new ByteArrayInputStream(ascii(start)), new Repeated(filler, 100L * MIB)),
                new ByteArrayInputStream(ascii(end)));
    }

    private static InputStream then(InputStream first, InputStream second) {
        return new SequenceInputStream(first, second);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(char c, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }

    /** One byte, many times. */
    private static final class Repeated extends InputStream {
        private final byte value;
        private long left;

        Repeated(char value, long length) {
            this.value = (byte) value;
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = Math.toIntExact(Math.min(left, length));
            Arrays.fill(bytes, offset, offset + count, value);
            left -= count;
            return count;
        }
    }
}
