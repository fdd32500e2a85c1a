package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Fault;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.table.TableName;
import io.fanin.records.tables.RegisteredTable;
import io.fanin.records.tables.TableSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch of partitions that are registered without being read. */
class RegisterWorkTest extends BatchTest {

    @BeforeEach
    void nobodyMayReadTheTable() {
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .then(Fault.accessDenied());
        fixture.s3
                .faults()
                .on("HeadObject")
                .where(call -> call.target().startsWith("lake/"))
                .then(Fault.accessDenied());
    }

    @Test
    void objectsOfAnyNameAndContentAreListedAndNotRead() throws IOException {
        writeSpec("other", "");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.orc", "no ORC");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "b.avro.bz2", "no Avro");
        fixture.s3.put("lake", BatchFixture.prefix(1) + "a.zip", "no zip");
        fixture.s3.put("lake", BatchFixture.prefix(1) + "_SUCCESS", "");

        fixture.s3.log().reset();

        fixture.receipt(2);

        Map<String, Integer> requests = fixture.s3.log().counts();
        List<PartitionResult> results = fixture.results();
        Inventory first = processed(results.get(0)).inventory();
        assertThat(first.files()).isEqualTo(2);
        assertThat(first.bytes()).isEqualTo(13);
        assertThat(processed(results.get(0)).rows()).isEqualTo(OptionalLong.empty());
        assertThat(processed(results.get(1)).inventory().files()).isEqualTo(1);
        assertThat(requests)
                .as("beside the table's listing, the spec and the result")
                .isEqualTo(Map.of("ListObjectsV2", 1, "GetObject", 1, "PutObject", 1));
    }

    /** Athena silently skips archived objects, unless the table lets it read those that were restored. */
    @ParameterizedTest
    @CsvSource({
        "GLACIER, a.orc, false, Archived",
        "DEEP_ARCHIVE, a.orc, false, Archived",
        "GLACIER, _a.orc, false,",
        "GLACIER_IR, a.orc, false,",
        "GLACIER, a.orc, true,"
    })
    void objectsThatReadersPassOverFailTheirPartitionAlone(
            String storageClass, String name, boolean readsRestored, String failure) throws IOException {
        writeSpec("other", "");
        for (int i = 0; i < 2; i++) {
            fixture.s3.put("lake", BatchFixture.prefix(i) + "b.orc", "no ORC");
        }
        fixture.s3.put("lake", BatchFixture.prefix(0) + name, "no ORC");
        fixture.s3.archive("lake", BatchFixture.prefix(0) + name, storageClass);
        if (readsRestored) {
            fixture.s3.archive("lake", BatchFixture.prefix(1) + "b.orc", storageClass);
        }
        AtomicInteger asked = new AtomicInteger();
        fixture.tables = new TableSource() {

            @Override
            public Optional<RegisteredTable> find(TableName table, int mostFolders) {
                return Optional.empty();
            }

            @Override
            public boolean readsRestored(TableName table) {
                asked.incrementAndGet();
                return readsRestored;
            }
        };

        List<PartitionResult> results = fixture.process(2);

        if (failure == null) {
            assertThat(results.getFirst()).isInstanceOf(PartitionResult.Processed.class);
        } else {
            assertFailed(
                    results.getFirst(),
                    failure,
                    "object flights/hour=0/" + name + " is archived, and Athena passes over it");
        }
        assertThat(results.getLast()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(asked).as("once for a batch").hasValueLessThanOrEqualTo(1);
    }

    /** Parquet is registered unread, too. */
    @Test
    void formatThatCouldBeReadIsNotRead() throws IOException {
        writeSpec("parquet", "");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.json.gz", "no Parquet");

        assertThat(processed(fixture.process(1).getFirst()).inventory().files()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_SUCCESS | holds no data objects: 1 name that readers ignore (e.g. flights/hour=0/_SUCCESS)",
                "a.orc    | holds no data: its objects (1) are all of zero bytes; write it again"
            })
    void onEmptySaysWhatPartitionWithoutDataIs(String name, String problem) throws IOException {
        fixture.s3.put("lake", BatchFixture.prefix(0) + name, "");

        writeSpec("other", "");
        assertFailed(fixture.process(1).getFirst(), "NoObjects", "partition flights/hour=0/ " + problem);

        writeSpec("other", ", \"onEmpty\": \"skip\"");
        assertThat(fixture.process(1).getFirst()).isInstanceOf(PartitionResult.Skipped.class);

        writeSpec("other", ", \"onEmpty\": \"register\"");
        assertThat(processed(fixture.process(1).getFirst()).inventory().bytes()).isZero();
    }

    /** Otherwise the next run would consider the partition changed. */
    @Test
    void objectsOfZeroBytesAreInTheInventoryOfAnEmptyPartition() throws IOException {
        writeSpec("other", ", \"onEmpty\": \"register\"");
        fixture.s3.put("lake", BatchFixture.prefix(0) + "a.orc", "");

        assertThat(processed(fixture.process(1).getFirst()).inventory().files()).isEqualTo(1);
    }

    @Test
    void partitionOfWhichNothingIsLeftIsSkipped() throws IOException {
        writeSpec("other", "");

        assertThat(fixture.process(1).getFirst())
                .isInstanceOfSatisfying(
                        PartitionResult.Skipped.class,
                        skipped -> assertThat(skipped.gone()).isTrue());
    }

    @Test
    void versionsThatConvertMadeAreNotRegisteredTogether() throws IOException {
        writeSpec("other", "");
        fixture.s3.put(
                "lake",
                BatchFixture.prefix(0) + "version-0123456789abcdef-1/part-00000.parquet",
                "rows of an old version");

        assertFailed(fixture.process(1).getFirst(), "ForeignObjects", "is what they read now: do not remove it");
    }

    @Test
    void listingThatIsRefusedIsNotTheDatasFault() throws IOException {
        writeSpec("other", "");
        fixture.s3
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().startsWith("lake"))
                .then(Fault.accessDenied());

        assertFailed(fixture.process(1).getFirst(), "AccessDenied", "flights/hour=0/");
    }

    private static PartitionResult.Processed processed(PartitionResult result) {
        assertThat(result).isInstanceOf(PartitionResult.Processed.class);
        return (PartitionResult.Processed) result;
    }

    private void writeSpec(String format, String more) {
        fixture.writeSpec(
                format, "{\"name\": \"id\", \"type\": \"bigint\"}", "\"processor\": {\"type\": \"register\"}" + more);
    }
}
