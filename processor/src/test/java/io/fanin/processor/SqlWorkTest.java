package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.Receipt;
import java.io.IOException;
import java.util.Map;
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
            assertThat(processed.parameters()).isEqualTo(Map.of("fanin.bad_records", "1"));
        });
        assertFailed(fixture.results().get(1), "SqlError", "late");
        assertThat(fixture.results().get(2)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.results().get(3)).isInstanceOf(PartitionResult.Skipped.class);
        assertThat(fixture.s3.keys("lake"))
                .containsExactly("flights/hour=0/part-00000.parquet", "flights/hour=2/part-00000.parquet");
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
        raw(0, "{\"delay\":5}");
        fixture.refuseUploads();

        assertThat(fixture.receipt(1)).isEqualTo(new Receipt.Processed(7, 0, 1));
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    private void raw(int hour, String content) {
        fixture.s3.put("landing", "flights/hour=" + hour + "/a.json", content);
    }
}
