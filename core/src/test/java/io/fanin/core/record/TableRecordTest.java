package io.fanin.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.PublishedParameters.Difference;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.json.Json;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.table.KeyZone;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableRecordTest {

    private static final List<PartitionKey> HOUR = List.of(new PartitionKey("hour", KeyType.INT));

    @Test
    void attemptsAreCountedOncePerPass() {
        TableRecord record = TableRecord.NEW
                .withFailures(List.of(failure(1, "r1", 0, "Truncated")), TestForms.AS_WRITTEN)
                .withFailures(List.of(failure(1, "r1", 0, "Truncated")), TestForms.AS_WRITTEN)
                .withFailures(List.of(failure(1, "r1", 1, "NoObjects")), TestForms.AS_WRITTEN)
                .withFailures(List.of(failure(1, "r2", 0, "NoObjects")), TestForms.AS_WRITTEN)
                .withFailures(List.of(failure(1, "r2", 0, "Corrupt")), TestForms.AS_WRITTEN);

        assertThat(record.outstanding())
                .containsExactly(new OutstandingFailure(
                        partition(1),
                        3,
                        new Failure(FailureCode.CORRUPT, "message"),
                        new RunId("r2"),
                        0,
                        StandingRegistration.NONE,
                        List.of("r1/0", "r1/1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void emptyPartitionsAreKeptUpToABound() {
        List<PartitionValues> many = IntStream.range(0, TableRecord.MAX_EMPTY + 5)
                .mapToObj(i -> PartitionValues.of(String.valueOf(i)))
                .toList();

        TableRecord record = TableRecord.NEW.withEmpty(many, new EquivalentValues(HOUR));

        assertThat(record.empty()).isEqualTo(many.subList(5, many.size()));
    }

    @Test
    void emptyPartitionIsForgottenInWhateverFormItIsRegistered() {
        EquivalentValues forms = new EquivalentValues(HOUR);
        TableRecord record = TableRecord.NEW.withEmpty(
                List.of(PartitionValues.of("7"), PartitionValues.of("8"), PartitionValues.of("9")), forms);

        assertThat(record.without(List.of(PartitionValues.of("07")), forms)
                        .withFailures(List.of(failure(8, "r1", 0, "Truncated")), forms)
                        .empty())
                .containsExactly(PartitionValues.of("9"));
    }

    @Test
    void laterFailureReplacesThePrefix() {
        Partition moved = new Partition(PartitionValues.of("1"), "flights_moved/hour=1/");
        TableRecord record = TableRecord.NEW
                .withFailures(List.of(failure(1, "r1", 0, "Truncated")), TestForms.AS_WRITTEN)
                .withFailures(
                        List.of(OutstandingFailure.first(
                                moved, new Failure(FailureCode.TRUNCATED, ""), new RunId("r2"), 0)),
                        TestForms.AS_WRITTEN);

        assertThat(record.outstanding())
                .extracting(OutstandingFailure::partition)
                .containsExactly(moved);
    }

    @Test
    void registeredPartitionIsNoLongerOutstandingAndTheOthersAre() {
        TableRecord record =
                failing(3).without(List.of(PartitionValues.of("1"), PartitionValues.of("99")), TestForms.AS_WRITTEN);

        assertThat(record.outstanding())
                .extracting(OutstandingFailure::partition)
                .containsExactly(partition(0), partition(2));
    }

    @Test
    void tableSaysHowManyPartitionsNoRunHasLookedAt() {
        TableRecord record = TableRecord.NEW.withUnverified(new UnverifiedCount(
                Optional.of("2013-02-06T00:00"), new UnverifiedCount.Share(7, 2), new UnverifiedCount.Share(1, 0)));

        Map<String, String> parameters = PublishedParameters.applied(record, TableStatus.COMPLETE, HOUR, Map.of());

        assertThat(parameters).containsEntry("fanin.unverified", "10");
        assertThat(PublishedParameters.applied(TableRecord.NEW, TableStatus.COMPLETE, HOUR, parameters))
                .doesNotContainKey("fanin.unverified");
    }

    @Test
    void partialTableSaysWhatIsOutstanding() {
        TableRecord record = failing(12)
                .with(TestProgress.of(Optional.of("2013-02-08T16:00"), Optional.empty()))
                .with(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 23));

        Map<String, String> parameters = PublishedParameters.applied(record, TableStatus.PARTIAL, HOUR, Map.of());

        assertThat(parameters)
                .isEqualTo(Map.of(
                        "fanin.status", "PARTIAL",
                        "fanin.registered", "23",
                        "fanin.failed", "12",
                        "fanin.failed.sample", "hour=0,hour=1,hour=2,hour=3,hour=4,hour=5,hour=6,hour=7,hour=8,hour=9",
                        "fanin.complete_through", "2013-02-08T16:00",
                        "fanin.run", "s3://state/runs/r1/"));
        assertThat(PublishedParameters.differences(record, HOUR, parameters)).isEmpty();
    }

    @Test
    void outdatedParametersAreRemovedAndThoseOfOthersKept() {
        TableRecord partial = failing(1)
                .with(TestProgress.of(Optional.of("2013-01-01T00:00"), Optional.empty()))
                .with(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 1));
        Map<String, String> before = new HashMap<>(
                PublishedParameters.applied(partial, TableStatus.PARTIAL, HOUR, Map.of("foreign", "kept")));
        before.put("fanin.layout", "hive");
        TableRecord healed = partial.without(List.of(PartitionValues.of("0")), TestForms.AS_WRITTEN)
                .with(RecordedProgress.NONE)
                .with(new RecordedRun(new RunId("r2"), "s3://state/runs/r2/", 1));

        Map<String, String> after = PublishedParameters.applied(healed, TableStatus.COMPLETE, HOUR, before);

        assertThat(after)
                .isEqualTo(Map.of(
                        "foreign", "kept",
                        "fanin.layout", "hive",
                        "fanin.status", "COMPLETE",
                        "fanin.registered", "1",
                        "fanin.failed", "0",
                        "fanin.run", "s3://state/runs/r2/"));
        assertThat(PublishedParameters.differences(healed, HOUR, after)).isEmpty();
        assertThat(PublishedParameters.differences(healed, HOUR, before)).isNotEmpty();
        assertThat(PublishedParameters.differences(healed, HOUR, Map.of("foreign", "kept")))
                .isNotEmpty();
    }

    @Test
    void tableSaysTheZoneOfItsProgress() {
        TableRecord record = zoned("Europe/Berlin");

        Map<String, String> parameters = PublishedParameters.applied(record, TableStatus.COMPLETE, HOUR, Map.of());

        assertThat(parameters).containsEntry("fanin.timeZone", "Europe/Berlin");
        assertThat(PublishedParameters.differences(record, HOUR, parameters)).isEmpty();
        parameters.remove("fanin.timeZone");
        assertThat(PublishedParameters.differences(record, HOUR, parameters))
                .containsExactly(new Difference("fanin.timeZone", Optional.empty(), Optional.of("Europe/Berlin")));
    }

    @Test
    void zoneThatARecordDoesNotKnowIsKept() {
        Map<String, String> parameters = PublishedParameters.applied(
                TableRecord.NEW, TableStatus.COMPLETE, HOUR, Map.of("fanin.timeZone", "Europe/Berlin"));

        assertThat(parameters).containsEntry("fanin.timeZone", "Europe/Berlin");
        assertThat(PublishedParameters.differences(TableRecord.NEW, HOUR, parameters))
                .isEmpty();
    }

    @Test
    void zoneChangesTogetherWithTheProgress() {
        TableRecord record = zoned("Europe/Berlin");
        Map<String, String> before = Map.of("fanin.timeZone", "America/New_York");

        assertThat(PublishedParameters.whileRegistering(record, HOUR, before))
                .containsEntry("fanin.timeZone", "America/New_York");
        assertThat(PublishedParameters.whileRegistering(record, HOUR, Map.of()))
                .containsEntry("fanin.timeZone", "Europe/Berlin");
        assertThat(PublishedParameters.applied(record, TableStatus.COMPLETE, HOUR, before))
                .containsEntry("fanin.timeZone", "Europe/Berlin");
    }

    private static TableRecord zoned(String zone) {
        ProgressScope scope = new ProgressScope(
                "s3://lake/flights/",
                "hive",
                List.of("hour int"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(KeyZone.of(zone)));
        return TableRecord.NEW.with(new RecordedProgress(
                Optional.of("2013-02-08T16:00"),
                new RecordedProgress.Reach(Optional.of("2013-02-08T16:00"), Optional.empty(), List.of()),
                Optional.empty(),
                Optional.of(scope),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void howLongProcessingTakesOutlivesRunsThatProcessNothing() {
        RunId run = new RunId("r1");
        TableRecord record = TableRecord.NEW
                .with(new RecordedRun(
                        run, "s3://state/runs/r1/", 1, OptionalLong.of(700), Optional.empty(), Optional.empty()))
                .with(new RecordedRun(new RunId("r2"), "s3://state/runs/r2/", 0));

        assertThat(record.lastRun())
                .hasValue(new RecordedRun(
                        new RunId("r2"),
                        "s3://state/runs/r2/",
                        0,
                        OptionalLong.of(700),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(record.with(new RecordedRun(
                                run,
                                "s3://state/runs/r1/",
                                1,
                                OptionalLong.of(300),
                                Optional.empty(),
                                Optional.empty()))
                        .lastRun()
                        .orElseThrow()
                        .millisPerPartition())
                .hasValue(300);
    }

    @Test
    void documentHoldsNothingThatIsDerived() {
        assertThat(Json.documents().valueToTree(TableRecord.NEW).has("healed")).isFalse();
    }

    @Test
    void passRecordedAgainAfterALaterRunCountsOnce() {
        TableRecord record = TableRecord.NEW;
        for (String run : List.of("r1", "r2", "r1", "r2")) {
            record = record.withFailures(List.of(failure(1, run, 0, "Truncated")), TestForms.AS_WRITTEN);
        }

        assertThat(record.outstanding())
                .singleElement()
                .extracting(OutstandingFailure::attempts)
                .isEqualTo(2);
    }

    @Test
    void failedRunsAreOrderedByTimeAfterTheLastOne() {
        Instant day = Instant.parse("2013-02-09T00:00:00Z");
        TableRecord record = TableRecord.NEW
                .with(new RecordedRun(new RunId("last"), "s3://state/runs/last/", 0))
                .withFailures(
                        List.of(
                                failure(1, "last", 0, "Truncated").ofDataReadAt(day),
                                failure(2, "new", 0, "Truncated").ofDataReadAt(day.plusSeconds(60)),
                                failure(3, "old", 0, "Truncated").ofDataReadAt(day),
                                failure(4, "old", 0, "Truncated").ofDataReadAt(day)),
                        TestForms.AS_WRITTEN);

        assertThat(record.failedRuns()).extracting(RunId::value).containsExactly("last", "new", "old");
    }

    @Test
    void changedRecordKeepsItsVersion() {
        TableRecord later = Json.read("{\"version\":2,\"outstanding\":[]}", TableRecord.class, "record");

        assertThat(later.withFailures(List.of(failure(1, "r1", 0, "Truncated")), TestForms.AS_WRITTEN)
                        .version())
                .isEqualTo(2);
    }

    @Test
    void statusFollowsWhatIsOutstanding() {
        assertThat(PublishedParameters.status(TableRecord.NEW)).isEqualTo(TableStatus.COMPLETE);
        assertThat(PublishedParameters.status(failing(1))).isEqualTo(TableStatus.PARTIAL);
    }

    private static TableRecord failing(int count) {
        return TableRecord.NEW.withFailures(
                IntStream.range(0, count)
                        .mapToObj(hour -> failure(hour, "r1", 0, "Truncated"))
                        .toList(),
                TestForms.AS_WRITTEN);
    }

    private static OutstandingFailure failure(int hour, String run, int pass, String error) {
        return OutstandingFailure.first(partition(hour), Failure.ofPartition(error, "message"), new RunId(run), pass);
    }

    private static Partition partition(int hour) {
        return new Partition(PartitionValues.of(Integer.toString(hour)), "flights/hour=" + hour + "/");
    }
}
