package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.RunId;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.RegisteredTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch of partitions that a query makes, from the spec in the run folder to the result object. */
class SqlWorkTest extends BatchTest {

    @BeforeEach
    void writeSpec() {
        fixture.writeSpec("parquet", "{\"name\": \"share\", \"type\": \"bigint\"}", """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "columns": [{"name": "delay", "type": "int"}], "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "sql", "query": "SELECT CASE min(delay) WHEN 0 THEN error('late') ELSE min(delay) END AS share FROM source",
                              "maxBadRecords": 1}""");
    }

    @Test
    void failureAffectsOnlyItsOwnPartition() throws IOException {
        raw(0, "{\"delay\":5}{\"delay\":\"late\"}");
        raw(1, "{\"delay\":0}");
        raw(2, "{\"delay\":7}");

        Receipt receipt = fixture.receipt(4);

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 3, 1));
        assertThat(fixture.results().get(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(1));
            assertThat(processed.inventory().files()).isEqualTo(1);
            assertThat(processed.held().files()).isEqualTo(1);
            assertThat(processed.badRecords()).isEqualTo(1);
        });
        assertFailed(fixture.results().get(1), "SqlError", "late");
        assertThat(fixture.results().get(2)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.results().get(3)).isInstanceOf(PartitionResult.Skipped.class);
        assertThat(fixture.s3.keys("lake"))
                .containsExactly(
                        VersionedFiles.first(fixture.results().get(0)),
                        VersionedFiles.first(fixture.results().get(2)));
        assertThat(fixture.s3.text("state", "runs/nightly-1/quarantine/hour=0/bad-records.jsonl"))
                .hasValueSatisfying(records -> assertThat(records).contains("found \\\"late\\\""));
    }

    @Test
    void whatMayPassIsTriedAgain() throws IOException {
        raw(0, "{\"delay\":5}");
        fixture.cutFirstRead();

        assertThat(fixture.receipt(1)).isEqualTo(new Receipt.Processed(7, 1, 0));
    }

    @Test
    void uploadThatIsRefusedIsThePartitionsFailure() throws IOException {
        raw(0, "{\"delay\":5}{\"delay\":\"late\"}");
        fixture.refuseUploads();

        assertThat(fixture.receipt(1)).isEqualTo(new Receipt.Processed(7, 0, 1));
        assertThat(fixture.s3.keys("lake")).isEmpty();
        assertThat(fixture.s3.keys("state", "runs/nightly-1/quarantine/"))
                .as("the table is without all of the partition")
                .isEmpty();
    }

    @Test
    void recordsThatALaterAttemptTakesInAreNotKept() throws IOException {
        raw(0, "{\"delay\":5}{\"delay\":\"late\"}");
        fixture.receipt(1);
        raw(0, "{\"delay\":5}{\"delay\":6}");

        assertThat(fixture.receipt(1)).isEqualTo(new Receipt.Processed(7, 1, 0));
        assertThat(fixture.s3.text("state", "runs/nightly-1/quarantine/hour=0/bad-records.jsonl"))
                .hasValue("");
    }

    @Test
    void environmentKeepsJoinedTablesForQueriesOnly() throws IOException {
        fixture.tables = (name, most) -> Optional.of(new RegisteredTable(
                name,
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                List.of(new Column("factor", "int")),
                List.of(),
                List.of(new RegisteredTable.Folder(S3Location.of("s3://lake/factors/"), Optional.empty(), false))));
        fixture.s3.put("lake", "factors/a.json", "{\"factor\":3}");
        fixture.writeSpec("parquet", "{\"name\": \"share\", \"type\": \"bigint\"}", """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "columns": [{"name": "delay", "type": "int"}], "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "sql", "query": "SELECT sum(delay * factor)::BIGINT AS share FROM source, factors"}""");
        raw(0, "{\"delay\":5}");
        Processor environment = fixture.newEnvironment();
        Batch batch = new Batch(
                7, List.of(new Partition(PartitionValues.of("0"), "flights/hour=0/", Optional.of("flights/hour=0/"))));

        assertThat(environment.process(new ProcessorInput(BatchFixture.RUN, 0, batch, "*"), Deadline.NONE))
                .isEqualTo(new Receipt.Processed(7, 1, 0));
        assertThat(fixture.scratchFiles()).hasSize(1);

        fixture.s3.put("state", "runs/later/spec.json", """
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "parquet",
                 "columns": [{"name": "share", "type": "bigint"}], "partitionKeys": [{"name": "hour", "type": "int"}],
                 "layout": "hive", "processor": {"type": "validate"}, "onPartial": "fail", "detection": {"mode": "list"}}""");
        environment.process(new ProcessorInput(new RunId("later"), 0, batch, "*"), Deadline.NONE);
        assertThat(fixture.scratchFiles()).isEmpty();
    }

    private void raw(int hour, String content) {
        fixture.s3.put("landing", "flights/hour=" + hour + "/a.json", content);
    }
}
