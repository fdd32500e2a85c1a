package io.fanin.processor;

import static io.fanin.processor.ProcessorFixture.LAKE;
import static io.fanin.processor.ProcessorFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.Batch;
import io.fanin.model.run.Receipt;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.records.objects.Gzipped;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** A small object that takes too long to decompress fails only its own partition. */
class ValidateDeadlineTest {

    private static final int MIB = 1 << 20;

    private final ProcessorFixture fixture = new ProcessorFixture();

    @Test
    void json() {
        put(
                DataFormat.JSON,
                "a.json",
                "{}\n".getBytes(StandardCharsets.UTF_8),
                Gzipped.member(filled('\n'), 100),
                ".gz");

        assertThatItAloneIsOutOfTime("a.json.gz");
    }

    @Test
    void csv() {
        put(DataFormat.CSV, "a.csv", "x\n".getBytes(StandardCharsets.UTF_8), Gzipped.member(filled('\n'), 100), ".gz");

        assertThatItAloneIsOutOfTime("a.csv.gz");
    }

    /** After a bad record, the rest is read only for damage. */
    @Test
    void badRecordBeforeTheRest() {
        put(
                DataFormat.JSON,
                "a.json",
                "{}\n".getBytes(StandardCharsets.UTF_8),
                Gzipped.member(filled('x'), 100),
                ".gz");

        assertThatItAloneIsOutOfTime("a.json.gz");
    }

    @Test
    void avro() throws IOException {
        put(DataFormat.AVRO, "a.avro", avro(1, "x"), avro(100, "x".repeat(MIB)), "");

        assertThatItAloneIsOutOfTime("a.avro");
    }

    /** No object is read: the listing alone takes the time. */
    @Test
    void listing() {
        put(DataFormat.JSON, "a.json", filled(' '), filled(' '), "");
        IntStream.range(0, 2000).forEach(i -> fixture.s3.put(LAKE, hour(1).prefix() + "_" + i, new byte[1]));
        AtomicLong left = new AtomicLong(10_000 + 1000);

        Receipt receipt = fixture.process(
                new Batch(0, Arrays.asList(hour(0), hour(1), hour(2))), new Deadline(left::getAndDecrement));

        assertThat(receipt).isEqualTo(new Receipt.Processed(0, 1, 2));
        assertThat(fixture.failed(0, 1).failure().error()).isEqualTo("DeadlineExceeded");
        assertThat(fixture.failed(0, 1).failure().message())
                .containsPattern("the function's time is over: \\d+ objects of " + hour(1).prefix() + " are listed");
    }

    /** Three partitions, of which the second is large. */
    private void put(DataFormat format, String name, byte[] small, byte[] large, String suffix) {
        fixture.writeSpec(format, CsvOptions.DEFAULT);
        fixture.s3.put(LAKE, hour(0).prefix() + name, small);
        fixture.s3.put(LAKE, hour(1).prefix() + name + suffix, large);
        fixture.s3.put(LAKE, hour(2).prefix() + name, small);
    }

    /** Advances the clock by a millisecond with each look at it. */
    private void assertThatItAloneIsOutOfTime(String name) {
        AtomicLong left = new AtomicLong(10_000 + 200);

        Receipt receipt = fixture.process(
                new Batch(0, Arrays.asList(hour(0), hour(1), hour(2))), new Deadline(left::getAndDecrement));

        assertThat(receipt).isEqualTo(new Receipt.Processed(0, 1, 2));
        assertThat(fixture.failed(0, 1).failure()).satisfies(failure -> {
            assertThat(failure.error()).isEqualTo("DeadlineExceeded");
            assertThat(failure.external()).as("an attempt of the partition").isFalse();
            assertThat(failure.message())
                    .contains("the function's time is over: " + hour(1).prefix() + name + " was not read to its end");
        });
        assertThat(fixture.failed(0, 2).failure().external())
                .as("the next one was not begun")
                .isTrue();
        assertThat(left).as("looks at the clock").hasValueGreaterThan(9_000);
    }

    private static byte[] filled(char what) {
        byte[] bytes = new byte[MIB];
        Arrays.fill(bytes, (byte) what);
        return bytes;
    }

    private static byte[] avro(int rows, String carrier) throws IOException {
        var schema = SchemaBuilder.record("Flight")
                .fields()
                .requiredString("carrier")
                .endRecord();
        GenericRecord row = new GenericData.Record(schema);
        row.put("carrier", carrier);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.deflateCodec(9)).create(schema, bytes);
            for (int i = 0; i < rows; i++) {
                writer.append(row);
            }
        }
        return bytes.toByteArray();
    }
}
