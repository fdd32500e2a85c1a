package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.table.TableName;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table's folder with too many objects to list in time fails only its own partition. */
class TargetDeadlineTest extends BatchTest {

    private static final int OBJECTS = 2500;

    private final AtomicLong left = new AtomicLong(900_000);

    @BeforeEach
    void writeSpec() {
        fixture.writeSpec("parquet", "{\"name\": \"id\", \"type\": \"int\"}", """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "convert"}""");
    }

    @Test
    void writersOfFilesAreLookedUpInTime() throws IOException {
        raw(3);
        Path file = Files.writeString(temporary().resolve("file"), "x");
        S3ObjectTarget own = new S3ObjectTarget(fixture.s3.client(), "lake", TableName.of("analytics.flights"));
        for (int i = 0; i < 9; i++) {
            own.put(BatchFixture.prefix(1) + "part-0000" + i + ".parquet", file, Version.NONE);
        }
        Files.delete(file);
        fixture.s3
                .faults()
                .on("HeadObject")
                .where(call -> call.target().endsWith("part-00003.parquet"))
                .thenRun(() -> left.set(0));

        Receipt receipt = fixture.receipt(3, new Deadline(left::get));

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 1, 2));
        assertFailed(
                fixture.results().get(1),
                "DeadlineExceeded",
                "the function's time is over: 4 objects of " + BatchFixture.prefix(1) + " are listed");
    }

    @Test
    void objectsAreListedInTime() throws IOException {
        raw(3);
        for (int i = 0; i < OBJECTS; i++) {
            fixture.s3.put("lake", BatchFixture.prefix(1) + "_" + i, "");
        }
        fixture.s3
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().startsWith("lake/" + BatchFixture.prefix(1)))
                .thenRun(() -> left.set(0));

        Receipt receipt = fixture.receipt(3, new Deadline(left::get));

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 1, 2));
        assertFailed(fixture.results().get(1), "DeadlineExceeded", " objects of " + BatchFixture.prefix(1));
    }

    @Test
    void customProcessorBeginsInTime() throws IOException {
        try (CustomWorkFixture custom = new CustomWorkFixture()) {
            custom.raw("a.txt", "abc");
            for (int i = 0; i < OBJECTS; i++) {
                custom.s3.put("lake", CustomWorkFixture.TO + i, "");
            }
            custom.s3
                    .faults()
                    .on("ListObjectsV2")
                    .where(call -> call.target().startsWith("lake/"))
                    .thenRun(() -> left.set(0));
            custom.deadline = new Deadline(left::get);
            custom.own(partition -> PartitionOutcome.ofRows(1));

            PartitionResult result = custom.process();

            assertFailed(result, "DeadlineExceeded", " objects of " + CustomWorkFixture.TO + " are listed");
            assertThat(custom.s3.log().calls())
                    .filteredOn(call -> call.target().startsWith("lake/"))
                    .as("pages of the table's folder")
                    .hasSize(1);
        }
    }

    @Test
    void objectsOfOthersAreCountedOnlyUpToTen() throws IOException {
        raw(1);
        for (int i = 10; i < 60; i++) {
            fixture.s3.put("lake", BatchFixture.prefix(0) + "part-000" + i + ".parquet", "theirs");
        }

        fixture.receipt(1);

        assertFailed(
                fixture.results().getFirst(),
                "ForeignObjects",
                "holds at least 10 data objects that this did not write",
                "part-00010.parquet, which names no table");
        assertThat(fixture.s3.log().calls())
                .filteredOn(call ->
                        call.operation().equals("HeadObject") && call.target().startsWith("lake/"))
                .hasSize(10);
    }

    private void raw(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            fixture.s3.put("landing", BatchFixture.prefix(hour) + "a.json", "{\"id\":1}");
        }
    }
}
