package io.fanin.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TableRecordsTest {

    private static final TableName FLIGHTS = new TableName("analytics", "flights");
    private static final String KEY = "tables/analytics/flights/state.json";

    private final FakeS3 s3 = new FakeS3().createBucket("state");
    private final TableRecords records = new TableRecords(new S3ObjectStore(s3.client(), "state"));

    @Test
    void recordOfAnUntouchedTableIsNew() {
        assertThat(records.read(FLIGHTS)).isEqualTo(TableRecord.NEW);
        assertThat(s3.keys("state")).isEmpty();
    }

    @Test
    void recordIsReadAsWritten() {
        TableRecord written = records.update(
                FLIGHTS,
                record -> record.withFailures(List.of(failure(1), failure(2)), TestForms.AS_WRITTEN)
                        .with(TestProgress.of(Optional.of("2013-02-08T16:00"), Optional.of("2013-02-08T17:00")))
                        .with(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 22)));

        assertThat(records.read(FLIGHTS)).isEqualTo(written);
        assertThat(written.outstanding()).containsExactly(failure(1), failure(2));
        assertThat(s3.keys("state")).containsExactly(KEY);
        assertThat(records.read(new TableName("analytics", "flights_v2"))).isEqualTo(TableRecord.NEW);
    }

    @Test
    void runsWithoutATableAreNoTables() {
        records.update(FLIGHTS, add(1));
        records.update(new TableName("unnamed", "orders"), add(1));
        records.ofUnnamed("s3://specs/broken.json").update(add(1), () -> {});

        assertThat(records.tables()).containsExactly(FLIGHTS, new TableName("unnamed", "orders"));
        assertThat(records.unnamedInputs()).contains(TableRecords.hashOf("s3://specs/broken.json"));
    }

    @Test
    void changeThatChangesNothingWritesNothing() {
        records.update(FLIGHTS, add(1));
        s3.log().reset();

        records.update(FLIGHTS, record -> record.without(List.of(PartitionValues.of("7")), TestForms.AS_WRITTEN));

        assertThat(s3.log().count("PutObject")).isZero();
    }

    @Test
    void firstRecordsOfTwoWritersAreBothKept() {
        s3.faults().on("PutObject").nth(1).thenRun(() -> records.update(FLIGHTS, add(2)));

        TableRecord after = records.update(FLIGHTS, add(1));

        assertThat(after.outstanding()).containsExactlyInAnyOrder(failure(1), failure(2));
        assertThat(records.read(FLIGHTS)).isEqualTo(after);
    }

    @Test
    void changesOfTwoWritersAreBothKept() {
        records.update(FLIGHTS, add(0));
        s3.faults().on("PutObject").nth(1).thenRun(() -> records.update(FLIGHTS, add(2)));

        records.update(FLIGHTS, record -> record.without(List.of(PartitionValues.of("0")), TestForms.AS_WRITTEN));

        assertThat(records.read(FLIGHTS).outstanding()).containsExactly(failure(2));
    }

    @Test
    void changeWithoutEffectOnAnEarlierRecordIsAppliedToTheOneOfAnotherWriter() {
        records.update(FLIGHTS, add(0));
        LeasedRecord read = records.open(FLIGHTS);
        records.update(FLIGHTS, add(1));
        AtomicInteger leaseChecks = new AtomicInteger();

        TableRecord after = read.updateAfterRereading(
                record -> record.without(List.of(PartitionValues.of("1")), TestForms.AS_WRITTEN),
                leaseChecks::incrementAndGet);

        assertThat(after.outstanding()).containsExactly(failure(0));
        assertThat(records.read(FLIGHTS)).isEqualTo(after);
        assertThat(leaseChecks).hasValue(1);
    }

    @Test
    void recordThatIsDeletedMeanwhileIsCreatedAgain() {
        records.update(FLIGHTS, add(0));
        s3.faults().on("PutObject").nth(1).thenRun(() -> s3.delete("state", KEY));

        records.update(FLIGHTS, add(1));

        assertThat(records.read(FLIGHTS).outstanding()).containsExactly(failure(1));
    }

    @Test
    void lostAnswerDoesNotCountAnAttemptTwice() {
        records.update(FLIGHTS, add(1));
        s3.faults().on("PutObject").first(1).thenDropAfter();

        records.update(FLIGHTS, record -> record.withFailures(List.of(failure(1, "r2", 0)), TestForms.AS_WRITTEN));

        assertThat(records.read(FLIGHTS).outstanding())
                .extracting(OutstandingFailure::attempts)
                .containsExactly(2);
    }

    @Test
    void conflictsWithoutEndAreThrownAndNamed() {
        s3.changedByOthers("state", KEY, change -> "{\"version\":1,\"outstanding\":[],\"missing\":" + change + "}");

        assertThatThrownBy(() -> records.update(FLIGHTS, add(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("s3://state/" + KEY, "20 times", "run the execution again");
    }

    @Test
    void recordThatCannotBeReadIsNamedAndNotReplaced() {
        s3.put("state", KEY, "{\"version\":1,");

        assertThatThrownBy(() -> records.update(FLIGHTS, add(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/" + KEY + " cannot be read");
        assertThat(s3.log().count("PutObject")).isZero();
    }

    @Test
    void fieldsThatARecordLeavesOutHaveDefaults() {
        s3.put(
                "state",
                KEY,
                "{\"version\":1,\"outstanding\":[{\"partition\":{\"values\":[\"1\"],\"prefix\":\"flights/hour=1/\"},"
                        + "\"attempts\":1,\"failure\":{\"error\":\"Truncated\",\"message\":\"cut\"},\"run\":\"r1\","
                        + "\"pass\":0}],\"newest\":\"2013-02-08T17:00\","
                        + "\"lastRun\":{\"run\":\"r1\",\"folder\":\"s3://state/runs/r1/\",\"registered\":22}}");

        assertThat(records.read(FLIGHTS))
                .isEqualTo(TableRecord.NEW
                        .withFailures(List.of(failure(1)), TestForms.AS_WRITTEN)
                        .with(TestProgress.of(Optional.empty(), Optional.of("2013-02-08T17:00")))
                        .with(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 22)));
    }

    @Test
    void fieldOfALaterVersionIsPassedOver() {
        s3.put("state", KEY, "{\"version\":2,\"outstanding\":[],\"lease\":{\"holder\":\"x\"}}");

        assertThat(records.read(FLIGHTS))
                .isEqualTo(Json.read("{\"version\":2,\"outstanding\":[]}", TableRecord.class, "record"));
    }

    private static UnaryOperator<TableRecord> add(int hour) {
        return record -> record.withFailures(List.of(failure(hour)), TestForms.AS_WRITTEN);
    }

    private static OutstandingFailure failure(int hour) {
        return failure(hour, "r1", 0);
    }

    private static OutstandingFailure failure(int hour, String run, int pass) {
        return OutstandingFailure.first(
                new Partition(PartitionValues.of(Integer.toString(hour)), "flights/hour=" + hour + "/"),
                new Failure(FailureCode.TRUNCATED, "cut"),
                new RunId(run),
                pass);
    }
}
