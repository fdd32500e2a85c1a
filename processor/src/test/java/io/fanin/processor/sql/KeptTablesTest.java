package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static io.fanin.processor.sql.SqlFixture.HOUR_8;
import static io.fanin.processor.sql.SqlFixture.LAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableName;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joined tables that stay on the disk of an environment of the function, from batch to batch and from pass to pass. */
class KeptTablesTest extends SqlTest {

    @BeforeEach
    void rawData() {
        fixture.raw(HOUR_7, "a.json", "{\"carrier\":\"UA\"}");
        fixture.raw(HOUR_8, "a.json", "{\"carrier\":\"AA\"}");
    }

    @Test
    void tableIsReadOnceForAllBatchesOfAPass() throws IOException {
        table("American");
        fixture.aws.log().reset();

        for (int batch = 0; batch < 19; batch++) {
            fixture.make(HOUR_8, JOIN);
        }

        assertThat(callsForTheTable()).containsExactly("GetTable", "GetPartitions", "ListObjectsV2", "GetObject");
        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1");
    }

    @Test
    void changedTableIsReadAgainForTheNextPass() throws IOException {
        table("American");
        fixture.make(HOUR_8, JOIN);
        table("American Airlines");

        fixture.make(HOUR_8, JOIN);
        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1");

        fixture.pass = 1;
        fixture.make(HOUR_8, JOIN);
        assertThat(fixture.rows(HOUR_8)).containsExactly("American Airlines|1");
    }

    @Test
    void unchangedTableIsOnlyListedForTheNextPass() throws IOException {
        table("American");
        fixture.make(HOUR_8, JOIN);
        fixture.aws.log().reset();

        for (fixture.pass = 1; fixture.pass < 4; fixture.pass++) {
            fixture.make(HOUR_8, JOIN);
            fixture.make(HOUR_8, JOIN);
        }

        assertThat(callsForTheTable())
                .containsExactlyElementsOf(
                        Collections.nCopies(3, List.of("GetTable", "GetPartitions", "ListObjectsV2")).stream()
                                .flatMap(List::stream)
                                .toList());
        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1");
        assertThat(files()).hasSize(1);
    }

    @Test
    void tableWithAnotherPartitionIsReadAgain() throws IOException {
        table("American");
        fixture.make(HOUR_8, JOIN);
        fixture.register(
                fixture.catalog.table(new TableName("analytics", "carriers")).orElseThrow(), "2013-02-01");
        fixture.aws
                .s3()
                .put(LAKE, "carriers/2013-02-01/a.parquet", fixture.parquet("SELECT 'AA' AS code, 'Eagle' AS name"));

        fixture.pass = 1;
        fixture.make(HOUR_8, JOIN);

        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1", "Eagle|1");
        assertThat(files()).hasSize(2);
    }

    @Test
    void workThatJoinsNothingLeavesNoTableOnTheDisk() throws IOException {
        table("American");
        fixture.make(HOUR_8, JOIN);
        assertThat(files()).hasSize(1);

        fixture.copies.evict();

        assertThat(files()).isEmpty();
    }

    @Test
    void unreadTableIsReadAgainInTheNextBatch() throws IOException {
        table("American");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/b.parquet", "no Parquet at all");
        assertThatThrownBy(() -> fixture.make(HOUR_8, JOIN)).isInstanceOf(ObjectDefectException.class);
        fixture.aws.s3().delete(LAKE, "carriers/2013-01-01/b.parquet");

        fixture.make(HOUR_8, JOIN);

        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1");
    }

    @Test
    void keptTableTakesRoomUntilAPassDoesWithoutIt() throws IOException {
        fixture.scratchBytes = 128L << 20;
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws
                .s3()
                .put(
                        LAKE,
                        "carriers/2013-01-01/a.parquet",
                        fixture.parquet("SELECT 'AA' AS code, string_agg(uuid()::VARCHAR, '') AS name"
                                + " FROM range(800000)"));
        String count = "SELECT 'a' AS carrier, count(*) AS flights FROM source, carriers";
        fixture.make(HOUR_7, count);
        assertThat(files()).hasSize(1);

        fixture.make(HOUR_7, count);
        assertThat(files()).hasSize(1);

        fixture.pass = 1;
        fixture.make(HOUR_7, "SELECT 'a' AS carrier, count(*) AS flights FROM source");
        assertThat(files()).isEmpty();
    }

    private void table(String name) {
        if (fixture.catalog.table(new TableName("analytics", "carriers")).isEmpty()) {
            fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        }
        fixture.aws
                .s3()
                .put(
                        LAKE,
                        "carriers/2013-01-01/a.parquet",
                        fixture.parquet("SELECT 'AA' AS code, '%s' AS name".formatted(name)));
    }

    private List<String> callsForTheTable() {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.service().equals("glue")
                        || (call.operation().startsWith("Get") && call.target().startsWith("lake/carriers/"))
                        || (call.operation().startsWith("List")
                                && String.valueOf(call.fact("prefix")).startsWith("carriers/")))
                .map(Call::operation)
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(temporary())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
