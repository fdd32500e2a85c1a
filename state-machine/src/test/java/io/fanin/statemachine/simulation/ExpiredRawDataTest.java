package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A converted table whose raw data expires, in mode {@code events}. */
class ExpiredRawDataTest {

    private static final String CONVERTED = "'format': 'parquet', 'location': 's3://lake/out/',"
            + "'columns': [{'name': 'carrier', 'type': 'string'}],"
            + "'partitionKeys': [{'name': 'dt', 'type': 'date'}], 'processor': {'type': 'convert'},"
            + "'source': {'location': 's3://lake/raw_x.flights/', 'format': 'json'}";

    private static final String RECORD = "{\"carrier\": \"AA\"}\n";

    private final DailyTable table = DailyTable.of(CONVERTED);

    /** Made from the one object alone, it would lose the rows of all others, and its table would be complete. */
    @Test
    void lateObjectReplacesNothingThatWasMadeOfWhatHasExpired() {
        table.days(1, 18);
        table.put(DailyTable.name(1) + "/part-1.json", RECORD);
        table.run("");
        String made = partition();
        table.delete(1);
        table.tables.aws.s3().delete("lake", "raw_x.flights/" + DailyTable.name(1) + "/part-1.json");
        table.put(DailyTable.name(1) + "/late.json", RECORD);
        event();

        table.run("'detection': {'mode': 'events'}");

        assertThat(partition()).isEqualTo(made);
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE");

        table.run("'detection': {'mode': 'partitions', 'partitions': ['" + DailyTable.name(1) + "']}");

        assertThat(partition()).isNotEqualTo(made).contains("\"fanin.source.files\":\"1\"");
    }

    private void event() {
        new Inbox(new S3ObjectStore(table.tables.aws.s3().client(), "state"), Workers.CALLER)
                .put(new InboxEntry(
                        TableName.of("raw_x.flights"),
                        Optional.empty(),
                        table.tables.clock.instant(),
                        Optional.of("lake"),
                        List.of(new Partition(
                                PartitionValues.of("2026-11-01"), "raw_x.flights/" + DailyTable.name(1) + "/"))));
    }

    private String partition() {
        return table.tables
                .aws
                .glue()
                .partitions("raw_x", "flights")
                .get(List.of("2026-11-01"))
                .toString();
    }
}
