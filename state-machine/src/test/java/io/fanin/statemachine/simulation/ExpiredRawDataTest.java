package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.Call;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A converted table whose raw data a lifecycle rule deletes after 30 days. */
class ExpiredRawDataTest {

    private static final String CONVERTED = "'format': 'parquet', 'location': 's3://lake/out/',"
            + "'columns': [{'name': 'carrier', 'type': 'string'}],"
            + "'partitionKeys': [{'name': 'dt', 'type': 'date'}], 'processor': {'type': 'convert'},"
            + "'source': {'location': 's3://lake/raw_x.flights/', 'format': 'json'}";

    private static final String RECORD = "{\"carrier\": \"AA\"}\n";
    private static final String BY_EVENTS = "'detection': {'mode': 'events'}";
    private static final String OF_ALL = "'detection': {'mode': 'full', 'lateData': true}";

    private final DailyTable table = DailyTable.of(CONVERTED);

    @BeforeEach
    void makePartitions() {
        table.tables.aws.s3().expireAfter("lake", "raw_x.flights/", 30);
        table.days(1, 3);
        table.put(DailyTable.name(1) + "/part-1.json", RECORD);
        table.run("");
    }

    /** Made of the one object alone, it would lose the rows of all others, and its table would be complete. */
    @ParameterizedTest
    @ValueSource(strings = {BY_EVENTS, OF_ALL, "'detection': {'mode': 'list', 'lookback': 'P60D'}"})
    void lateObjectReplacesNothingThatWasMadeOfWhatHasExpired(String detection) {
        String made = partition();
        pass(Duration.ofDays(31));
        late();

        table.run(detection);

        assertThat(partition()).isEqualTo(made);
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE");
        assertThat(shown())
                .contains(
                        "was made of raw objects that have expired: the oldest was written at 2026-11-20T12:00:00Z, and a lifecycle rule deletes after 30 days");
    }

    @Test
    void namedPartitionIsMadeOfWhatIsThere() {
        String made = partition();
        pass(Duration.ofDays(31));
        late();

        table.run("'detection': {'mode': 'partitions', 'partitions': ['" + DailyTable.name(1) + "']}");

        assertThat(partition()).isNotEqualTo(made).contains("\"fanin.source.files\":\"1\"");
    }

    /** A part of it may go a day before the rest. */
    @Test
    void partitionOfWhichOnlyTheOldestObjectHasExpiredStays() {
        pass(Duration.ofDays(20));
        table.put(DailyTable.name(1) + "/part-2.json", RECORD);
        table.run(OF_ALL);
        String made = partition();
        assertThat(made).contains("\"fanin.source.files\":\"3\"");
        pass(Duration.ofDays(11));
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).isEqualTo(made);
    }

    /** Such a failure heals in no run: the rows of what has expired are in the table as it is. */
    @Test
    void failedLatePartitionIsNotRetriedOnceItsRawDataHasExpired() {
        String made = partition();
        table.put(DailyTable.name(1) + "/late.json", "{\"carrier\": ");
        table.run(OF_ALL);
        assertThat(table.parameters()).containsEntry("fanin.status", "PARTIAL");
        pass(Duration.ofDays(31));
        late();

        table.run(OF_ALL);

        assertThat(partition()).isEqualTo(made);
        assertThat(table.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed.sample", DailyTable.name(1));
    }

    @Test
    void objectsThatAreDeletedBeforeTheirTimeAreLeftOut() {
        table.tables.clock.advance(Duration.ofDays(29));
        table.tables.aws.s3().delete("lake", "raw_x.flights/" + DailyTable.name(1) + "/part-1.json");
        table.delete(1);
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).contains("\"fanin.source.files\":\"1\"");
    }

    /** S3 deletes hours after the time: between detection and processing, too. */
    @Test
    void objectsThatAreToBeDeletedAtAnyMomentAreNotCountedOn() {
        String made = partition();
        table.tables.clock.advance(Duration.ofDays(31));
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).isEqualTo(made);
    }

    /** Within a day nothing expires; after that one request tells. */
    @ParameterizedTest
    @CsvSource({"PT23H, 0", "PT25H, 1"})
    void lateObjectBesideAllOthersIsTakenIn(Duration later, int requests) {
        table.tables.clock.advance(later);
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).contains("\"fanin.source.files\":\"3\"");
        assertThat(table.tables.aws.s3().log().calls("HeadObject"))
                .extracting(Call::target)
                .filteredOn(key -> key.startsWith("lake/raw_x.flights/"))
                .hasSize(requests);
    }

    private void pass(Duration time) {
        table.tables.clock.advance(time);
        table.tables.aws.s3().expire("lake");
    }

    private void late() {
        table.put(DailyTable.name(1) + "/late.json", RECORD);
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

    /** What the table's record keeps for pages and status. */
    private String shown() {
        return table.tables
                .aws
                .s3()
                .text("state", "tables/raw_x/flights/state.json")
                .orElseThrow();
    }
}
