package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.parallel.Workers;
import io.fanin.model.run.PartitionResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;

/** A batch of partitions that stay as they are, from the spec in the run folder to the result object. */
class ValidateWorkTest extends BatchTest {

    @Test
    void parquetIsCountedAndFailureIsOfItsPartitionOnly() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\", \"statistics\": [\"id\"]}");
        fixture.workers = Workers.THREADS;
        byte[] rows = parquet();
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.parquet", rows);
        fixture.s3.put("lake", BatchFixture.prefix(1) + "a.parquet", Arrays.copyOf(rows, rows.length - 2));
        fixture.s3.put("lake", BatchFixture.prefix(2) + "a.parquet", rows);

        List<PartitionResult> results = fixture.process(3);

        assertThat(results.get(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(3));
            assertThat(processed.parameters())
                    .containsEntry("fanin.min.id", "5")
                    .containsEntry("fanin.max.id", "7");
            assertThat(processed.inventory().bytes()).isEqualTo(rows.length);
        });
        assertFailed(results.get(1), "BadParquet", "a.parquet");
        assertThat(results.get(2)).isInstanceOf(PartitionResult.Processed.class);
    }

    @Test
    void avroIsCountedAndItsSchemaComparedUnlessTheSpecSaysNo() throws IOException {
        byte[] rows = avro("id");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.avro", rows);
        fixture.s3.put("lake", BatchFixture.prefix(0) + "b", rows);
        fixture.s3.put("lake", BatchFixture.prefix(1) + "a.avro", Arrays.copyOf(rows, rows.length - 2));
        fixture.s3.put("lake", BatchFixture.prefix(2) + "a.avro", avro("other"));
        fixture.s3.put("lake", BatchFixture.prefix(3) + "a.avro.gz", rows);
        fixture.s3.put("lake", BatchFixture.prefix(4) + "a.json", rows);

        writeSpec("avro", "{\"type\": \"validate\", \"expect\": [{\"name\": \"six\", \"rows\": {\"atLeast\": 6}}]}");
        List<PartitionResult> results = fixture.process(5);

        assertProcessed(results.get(0), 6);
        assertFailed(results.get(1), "Truncated", "a.avro ended in the middle of a block");
        assertFailed(results.get(2), "SchemaMismatch", "'id' is bigint in the table, and not in the file");
        assertFailed(results.get(3), "WrongFormat", "Avro is compressed inside, never as a whole: write it as .avro");
        assertFailed(results.get(4), "WrongFormat", "is named .json in a table of Avro");

        writeSpec("avro", "{\"type\": \"validate\", \"schema\": \"ignore\"}");
        assertProcessed(fixture.process(3).getLast(), 3);
    }

    /** Three rows. */
    private static byte[] avro(String column) throws IOException {
        Schema schema = SchemaBuilder.record("r").fields().requiredLong(column).endRecord();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.deflateCodec(6)).create(schema, out);
            for (long id = 0; id < 3; id++) {
                GenericData.Record row = new GenericData.Record(schema);
                row.put(column, id);
                writer.append(row);
            }
        }
        return out.toByteArray();
    }

    @Test
    void valuesAreHeldAgainstTheColumnsTypesUnlessTheSpecSaysNo() throws IOException {
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.json", "{\"id\": 5}\n{\"id\": \"5,5\"}\n");

        writeSpec("json", "{\"type\": \"validate\"}");
        assertFailed(
                fixture.process(1).getFirst(),
                "BadRecord",
                "a.json, line 2: column id: expected bigint, found \"5,5\"");

        writeSpec("json", "{\"type\": \"validate\", \"types\": false}");
        assertThat(fixture.process(1).getFirst()).isInstanceOf(PartitionResult.Processed.class);
    }

    /** The simulation of whole runs needs requests in the same order each time. */
    @Test
    void parquetIsFetchedByTheWorkersThatThereAre() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\"}");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.parquet", parquet());
        fixture.s3.put("lake", BatchFixture.prefix(0) + "b.parquet", parquet());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .first(2)
                .thenRun(() -> threads.add(Thread.currentThread()));
        fixture.workers = Workers.CALLER;

        assertThat(fixture.process(1).getFirst()).isInstanceOf(PartitionResult.Processed.class);

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    /** The listing may be older than the work on the previous partitions. */
    @Test
    void objectsThatChangeDuringTheEarlierPartitionAreListedAgain() throws IOException {
        writeSpec("json", "{\"type\": \"validate\"}");
        for (int hour = 0; hour < 3; hour++) {
            fixture.s3.put("lake", BatchFixture.prefix(hour) + "a.json", "{}\n");
        }
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .first(1)
                .thenRun(() -> fixture.s3
                        .put("lake", BatchFixture.prefix(1) + "a.json", "{}\n{}\n")
                        .delete("lake", BatchFixture.prefix(2) + "a.json")
                        .put("lake", BatchFixture.prefix(2) + "b.json", "{}\n{}\n{}\n"));

        assertThat(fixture.process(3))
                .extracting(
                        result -> ((PartitionResult.Processed) result).rows().orElseThrow())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void tooFewRowsFailThePartitionWithTheExpectationsName() throws IOException {
        writeSpec("json", "{\"type\": \"validate\", \"expect\": [{\"name\": \"enough\", \"rows\": {\"atLeast\": 2}}]}");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.json", "{}\n{}\n");
        fixture.s3.put("lake", BatchFixture.prefix(1) + "a.json", "{}\n");

        List<PartitionResult> results = fixture.process(2);

        assertThat(results.get(0)).isInstanceOf(PartitionResult.Processed.class);
        assertFailed(
                results.get(1), "ExpectationFailed", "expectations not met: 'enough' needs 2 rows or more, found 1");
    }

    @Test
    void fullDiskIsReportedForEachPartition() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\", \"statistics\": [\"id\"]}");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.parquet", parquet());
        fixture.scratchBytes = 1000;

        assertFailed(fixture.process(1).getFirst(), "NoSpace", "ProcessorStorage");
    }

    private void writeSpec(String format, String processor) {
        fixture.writeSpec(format, "{\"name\": \"id\", \"type\": \"bigint\"}", "\"processor\": " + processor);
    }

    /** Three rows whose id is 5, 6 and 7. */
    private static byte[] parquet() throws IOException {
        try (InputStream file = ValidateWorkTest.class.getResourceAsStream("/three-rows.parquet")) {
            return Objects.requireNonNull(file, "three-rows.parquet").readAllBytes();
        }
    }
}
