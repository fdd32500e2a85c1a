package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    private static final String NAMED = "'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-01']}";

    private final DailyTable table = DailyTable.of(CONVERTED);

    @BeforeEach
    void makePartitions() {
        table.tables.aws.s3().expireAfter("lake", "raw_x.flights/", 30);
        table.days(1, 3);
        table.put(DailyTable.name(1) + "/part-1.json", RECORD);
        table.run("");
    }

    /**
     * Made from the late object alone, the partition would lose the rows of all others, and the table would seem
     * complete.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                BY_EVENTS,
                OF_ALL,
                "'detection': {'mode': 'list', 'lookback': 'P60D'}",
                "'detection': {'mode': 'range', 'from': '2026-11-01', 'to': '2026-11-02', 'lateData': true}",
                BY_EVENTS + ", 'time': '2026-12-19T12:00:00Z'"
            })
    void lateObjectReplacesNothingThatWasMadeOfWhatHasExpired(String run) {
        String made = partition();
        pass(Duration.ofDays(31));
        late();

        table.run(run);

        assertThat(partition()).isEqualTo(made);
        assertOutstanding();
    }

    @Test
    void namedPartitionIsMadeOfWhatIsThere() {
        pass(Duration.ofDays(31));
        late();
        table.run(BY_EVENTS);

        table.run(NAMED);

        assertThat(partition()).contains("\"fanin.source.files\":\"1\"");
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void waivedPartitionStaysAsItWasMade() {
        String made = partition();
        pass(Duration.ofDays(31));
        late();
        table.run(BY_EVENTS);

        table.run("'waive': [{'partition': 'dt=2026-11-01', 'reason': 'expired', 'by': 'ops'}]");
        table.run(OF_ALL);

        assertThat(partition()).isEqualTo(made);
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    /** Some objects may be deleted a day before the rest. */
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
        assertOutstanding();
    }

    /** Tested with a run that retries it, and with one that continues the run in which it failed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failedLatePartitionIsNotMadeOnceItsRawDataHasExpired(boolean redriven) {
        String made = partition();
        table.put(DailyTable.name(1) + "/late.json", "{\"carrier\": ");
        table.run(OF_ALL);
        assertOutstanding();
        pass(Duration.ofDays(31));
        late();

        if (redriven) {
            table.redriveOf("run-1");
        } else {
            table.run(OF_ALL);
        }

        assertThat(partition()).isEqualTo(made);
        assertOutstanding();
    }

    /** The partition was new to the run, and another one has registered it meanwhile. */
    @Test
    void partitionThatWasNewInTheRunThatIsContinuedIsNotMadeAnew() {
        table.put(DailyTable.name(1) + "/late.json", RECORD);
        table.day(4);
        String stopped = table.stopped(OF_ALL, call -> call.target().contains("/results/"));
        table.run(OF_ALL);
        String made = partition(4);
        pass(Duration.ofDays(31));
        table.put(DailyTable.name(4) + "/late.json", RECORD);

        table.redriveOf(stopped);

        assertThat(partition(4)).isEqualTo(made);
    }

    /** A source may have the same day under two names at different times. */
    @Test
    void objectUnderAnotherNameOfTheDayReplacesNothing() {
        String made = partition();
        pass(Duration.ofDays(31));
        table.put("dt=2026%2D11%2D01/late.json", RECORD);

        table.run(OF_ALL);

        assertThat(partition()).isEqualTo(made);
        assertOutstanding();
    }

    /** Earlier versions recorded only the time of the newest object. */
    @Test
    void partitionWithoutTheTimeOfItsOldestObjectStaysToo() {
        table.tables
                .aws
                .glue()
                .alterPartition(
                        "raw_x",
                        "flights",
                        List.of("2026-11-01"),
                        one -> ((ObjectNode) one.get("Parameters")).remove("fanin.source.oldest"));
        String made = partition();
        pass(Duration.ofDays(31));
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).isEqualTo(made);
    }

    @Test
    void objectsThatAreDeletedBeforeTheirTimeAreLeftOut() {
        table.tables.clock.advance(Duration.ofDays(28));
        table.tables.aws.s3().delete("lake", "raw_x.flights/" + DailyTable.name(1) + "/part-1.json");
        table.delete(1);
        late();

        table.run(BY_EVENTS);

        assertThat(partition()).contains("\"fanin.source.files\":\"1\"");
        assertThat(table.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    private void assertOutstanding() {
        assertThat(table.parameters())
                .containsAllEntriesOf(
                        Map.of("fanin.status", "PARTIAL", "fanin.failed", "1", "fanin.failed.sample", "dt=2026-11-01"));
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
        return partition(1);
    }

    private String partition(int day) {
        return table.tables
                .aws
                .glue()
                .partitions("raw_x", "flights")
                .get(List.of("2026-11-%02d".formatted(day)))
                .toString();
    }
}
