package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.StatusFixture.COMPLETE;
import static io.fanin.cli.StatusFixture.FAILURE;
import static io.fanin.cli.StatusFixture.FOLDER;
import static io.fanin.cli.StatusFixture.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.lease.Leases;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last run in a table's status, and the command that redrives it. */
class StatusOfLastRunTest {

    private static final Instant DAY = FakeStepFunctions.THEN;

    private static final Map<String, Object> LEFT = Map.of(
            "partition", "dt=2013-02-08/hour=17",
            "values", List.of("2013-02-08", "17"),
            "prefix", "flights/dt=2013-02-08/hour=17/",
            "error", "Truncated",
            "message", "ended early",
            "attempts", 1,
            "laterRun", "flights-2");

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void badRecordsOfTheLastRunAreShownWithTheirFolder() {
        cli.createTable(PARTIAL);
        fixture.report(Map.of("badRecords", 3, "quarantine", FOLDER + "quarantine/"));
        fixture.held();

        assertThat(fixture.status().lines())
                .contains("  3 raw records were left out as bad: " + FOLDER + "quarantine/");
    }

    /** The last run was redriven. It leaves partitions that failed in a later run with another spec to that run. */
    @Test
    void laterRunToWhichSomethingIsLeftIsToBeRedriven() {
        cli.createTable(PARTIAL);
        fixture.report(Map.of("failures", List.of(LEFT)));
        fixture.held();
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-2", HELD, Map.of()));

        assertThat(fixture.status().out())
                .contains("fanin redrive flights-2")
                .doesNotContain("fanin redrive flights-1");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false"})
    void onlyPartitionsThatAreNewInTheLastRunPointAtTheSpec(int attempts, boolean isBlamed) {
        List<String> hours = List.of("17", "18");
        cli.createTable(COMPLETE.withFailures(
                hours.stream()
                        .map(hour -> new OutstandingFailure(
                                new Partition(
                                        PartitionValues.of("2013-02-08", hour),
                                        "flights/dt=2013-02-08/hour=" + hour + "/"),
                                attempts,
                                new Failure(FailureCode.BAD_RECORD, "no int"),
                                StatusFixture.RUN,
                                0))
                        .toList(),
                TestForms.AS_WRITTEN));
        fixture.report(Map.of(
                "registered",
                0,
                "failures",
                hours.stream()
                        .map(hour -> EndedRun.failure(hour, Map.of("error", "BadRecord", "attempts", attempts)))
                        .toList()));
        fixture.held();

        List<String> lines = fixture.status().lines();
        assertThat(lines.contains(FailureAdvice.PROBABLY_SPEC)).isEqualTo(isBlamed);
        assertThat(lines.contains("Next, with a corrected spec: fanin run SPEC"))
                .isEqualTo(isBlamed);
        assertThat(lines).anyMatch(line -> line.endsWith(": fanin redrive flights-1"));
    }

    @Test
    void runningHolderOfTheLeaseIsNamed() {
        cli.createTable(COMPLETE);
        runs("flights-2");

        assertThat(fixture.status().lines()).contains("Running: execution flights-2");
    }

    /** Until that execution ends, a run or a redrive would find the table busy. */
    @ParameterizedTest
    @CsvSource({"flights-1", "flights-2"})
    void tableAtWorkIsToBeWaitedFor(String execution) {
        cli.createTable(PARTIAL);
        fixture.held();
        runs(execution);

        assertThat(fixture.status().lines())
                .contains("Next, once execution " + execution + " has ended: fanin status analytics.flights")
                .noneMatch(line -> line.contains("fanin redrive") || line.contains("fanin run "));
    }

    @Test
    void missingPeriodsOfATableAtWorkAreToBeWaitedFor() {
        cli.createTable(StatusCommandTest.withMissing(COMPLETE, 2));
        runs("flights-2");

        assertThat(fixture.status().lines())
                .contains("Next, once execution flights-2 has ended: fanin status analytics.flights");
    }

    @Test
    void tableAtWorkWithoutARecordIsToBeWaitedFor() {
        cli.createTable(COMPLETE);
        cli.records().update(CliFixture.FLIGHTS, record -> TableRecord.NEW);
        runs("flights-2");

        assertThat(fixture.status().out())
                .containsPattern("no record of the table.*Next, once execution flights-2 has ended: fanin status")
                .doesNotContain("fanin run ");
    }

    @Test
    void firstExecutionOfATableIsNamedBeforeItHasCreatedTheTable() {
        runs("flights-1");

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains(
                        "there is no table analytics.flights in the catalog yet: execution flights-1 is working on it")
                .contains("fanin runs analytics.flights");
    }

    private void runs(String execution) {
        cli.stepFunctions.put(FakeStepFunctions.running(execution));
        new Leases(cli.store, arn -> true)
                .acquire(
                        CliFixture.FLIGHTS,
                        new Execution(
                                FakeStepFunctions.arn(execution),
                                execution,
                                null,
                                Optional.empty(),
                                OptionalInt.empty()));
    }

    @Test
    void runThatFailedOtherwiseSaysWhy() {
        cli.createTable(PARTIAL);
        cli.stepFunctions.put(
                FakeStepFunctions.failed("flights-1", "x.CatalogException", Map.of("errorMessage", "Glue said no")));

        assertThat(fixture.status().lines()).contains("Last run: flights-1, which is FAILED: Glue said no");
    }

    @Test
    void whatHasExpiredIsSaidToHave() {
        cli.createTable(PARTIAL);

        assertThat(fixture.status().out()).contains("no longer known", "the report has expired");
    }

    @Test
    void runWhoseNameIsEncodedIsRedrivenByItsName() {
        RunId encoded = new RunId("a(b)=1");
        cli.createTable(TableRecord.NEW.withFailures(
                List.of(new OutstandingFailure(FAILURE.partition(), 1, FAILURE.failure(), encoded, 0)),
                TestForms.AS_WRITTEN));
        cli.stepFunctions.put(FakeStepFunctions.failed("a(b)=1", HELD, Map.of()));

        assertThat(fixture.status().out()).contains("redrive 'a(b)=1'");
    }

    @Test
    void runWhoseIdIsAHashIsFoundByItsReport() {
        String name = "\u00fc".repeat(80);
        RunId hashed = new RunId(name);
        cli.createTable(TableRecord.NEW
                .with(new RecordedRun(hashed, "s3://state/runs/" + hashed + "/", 23))
                .withFailures(
                        List.of(OutstandingFailure.first(FAILURE.partition(), FAILURE.failure(), hashed, 0)),
                        TestForms.AS_WRITTEN));
        fixture.report(Map.of("run", hashed.value(), "execution", FakeStepFunctions.arn(name)));
        cli.stepFunctions.put(FakeStepFunctions.failed(name, HELD, Map.of()));

        assertThat(fixture.status().lines())
                .contains("Last run: " + name + ", which waits to be redriven")
                .anyMatch(line -> line.endsWith("fanin redrive '" + name + "'"));
    }

    @Test
    void earlierRunWhoseIdIsAHashIsRedrivenToo() {
        String name = "\u00fc".repeat(80);
        RunId hashed = new RunId(name);
        cli.createTable(COMPLETE.withFailures(
                List.of(OutstandingFailure.first(FAILURE.partition(), FAILURE.failure(), hashed, 0)),
                TestForms.AS_WRITTEN));
        fixture.report(Map.of("run", hashed.value(), "execution", FakeStepFunctions.arn(name)));
        cli.stepFunctions.put(FakeStepFunctions.failed(name, HELD, Map.of()));

        assertThat(fixture.status().out()).contains("fanin redrive '" + name + "'");
    }

    /** A partition that fails again keeps its place before those that failed since its first failure. */
    @Test
    void lastHeldRunIsRedrivenAlthoughAPartitionThatFailedBeforeIsNamedLast() {
        RunId first = new RunId("flights-0");
        cli.createTable(TableRecord.NEW
                .withFailures(List.of(failed("17", first, DAY), failed("18", first, DAY)), TestForms.AS_WRITTEN)
                .with(new RecordedRun(StatusFixture.RUN, FOLDER, 0))
                .withFailures(
                        List.of(failed("17", StatusFixture.RUN, DAY.plus(Duration.ofDays(20)))), TestForms.AS_WRITTEN));
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-0", HELD, Map.of()).toBuilder()
                .redriveStatus("NOT_REDRIVABLE")
                .build());
        fixture.held();

        assertThat(fixture.status().lines()).anyMatch(line -> line.endsWith("fanin redrive flights-1"));
    }

    /** A held run includes earlier outstanding partitions. */
    @Test
    void lastHeldRunIsRedrivenAlthoughNothingFailedInIt() {
        cli.createTable(
                COMPLETE.withFailures(List.of(failed("17", new RunId("flights-0"), DAY)), TestForms.AS_WRITTEN));
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-0", HELD, Map.of()));
        fixture.held();

        assertThat(fixture.status().lines()).anyMatch(line -> line.endsWith("fanin redrive flights-1"));
    }

    @Test
    void ofEarlierRunsTheNewestIsRedriven() {
        cli.createTable(COMPLETE.withFailures(
                List.of(
                        failed("17", StatusFixture.RUN, DAY.plusSeconds(120)),
                        failed("18", new RunId("flights-b"), DAY.plusSeconds(60)),
                        failed("19", new RunId("flights-a"), DAY)),
                TestForms.AS_WRITTEN));
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-a", HELD, Map.of()));
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-b", HELD, Map.of()));

        assertThat(fixture.status().lines()).anyMatch(line -> line.endsWith("fanin redrive flights-b"));
    }

    private static OutstandingFailure failed(String hour, RunId run, Instant when) {
        return OutstandingFailure.first(
                        new Partition(
                                PartitionValues.of("2013-02-08", hour), "flights/dt=2013-02-08/hour=" + hour + "/"),
                        FAILURE.failure(),
                        run,
                        0)
                .ofDataReadAt(when);
    }

    @Test
    void whatCannotBeRedrivenIsNotToldToBe() {
        cli.createTable(PARTIAL);
        assertThat(fixture.status().out())
                .contains("Next, once the cause is fixed: fanin run analytics.flights")
                .doesNotContain("redrive flights");

        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        assertThat(fixture.status().out())
                .contains("Next, once the cause is fixed: fanin run analytics.flights")
                .doesNotContain("redrive flights");
    }

    /** Step Functions redrives an execution for 14 days. */
    @Test
    void whatFailedTooLongAgoIsToBeRunAgain() {
        cli.createTable(PARTIAL);
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-1", HELD, Map.of()).toBuilder()
                .redriveStatus("NOT_REDRIVABLE")
                .build());

        assertThat(fixture.status().out())
                .contains(
                        "Last run: flights-1, which waits",
                        "Next, once the cause is fixed: fanin run analytics.flights")
                .doesNotContain("redrive flights-1");
        assertThat(cli.run("status", "analytics.flights", "--output", "json")
                        .json()
                        .has("redrivable"))
                .isFalse();
    }
}
