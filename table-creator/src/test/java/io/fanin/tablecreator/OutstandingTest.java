package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.Failure;
import io.fanin.core.run.RunCounts;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.RunReport.Outstanding;
import io.fanin.core.run.TableChanges;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.Tally;
import io.fanin.core.table.TableName;
import io.fanin.fakes.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is remembered of failures from pass to pass and from run to run, and what is told of them. */
class OutstandingTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void failureIsRecordedWithItsReasonAndItsRun() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();

        assertThat(fixture.record())
                .isEqualTo(new TableRecord(
                        TableRecord.VERSION,
                        List.of(new OutstandingFailure(
                                        hour(1),
                                        1,
                                        new Failure("Truncated", "object a.json.gz is cut short"),
                                        RUN,
                                        0,
                                        Optional.empty())
                                .since(fixture.clock.instant())),
                        Optional.of("2013-02-08T00:00"),
                        Optional.of("2013-02-08T00:00"),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of(lastRun(1)),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow().created(),
                        Map.of()));
    }

    /** What failed in the table that was dropped is no failure of the one that was made in its place. */
    @Test
    void recreatedTableHasNoEarlierFailures() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.dropTable();
        fixture.clock.advance(Duration.ofHours(1));

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(0)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.record().tableCreated())
                .isEqualTo(
                        fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow().created());
    }

    @Test
    void eachPassThatFailsAgainIsOneAttemptMore() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.pass(RUN, 1, hour(1)).failing(0).register();
        fixture.pass(LATER_RUN, 0, hour(1)).failing(0).register();

        assertThat(fixture.record().outstanding()).singleElement().satisfies(failure -> {
            assertThat(failure.attempts()).isEqualTo(3);
            assertThat(failure.run()).isEqualTo(LATER_RUN);
            assertThat(failure.failure().error()).isEqualTo("Truncated");
        });
    }

    @Test
    void redriveThatHealsEverythingCountsBothPasses() {
        fixture.pass(RUN, 0, hours(24)).failing(17).register();

        TableCreatorAnswer answer = fixture.pass(RUN, 1, hour(17)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(24);
        assertThat(answer.counts().failed()).isZero();
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.registered", "24")
                .containsEntry("fanin.failed", "0")
                .doesNotContainKey("fanin.failed.sample");
    }

    @Test
    void earlierFailureStaysOutstandingAfterASuccessfulPass() {
        fixture.pass(RUN, 0, hours(2)).failing(0).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(2)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.counts().failed()).isZero();
        assertThat(answer.counts().outstanding()).isEqualTo(1);
        assertThat(fixture.report(LATER_RUN).failures())
                .extracting(Outstanding::partition, Outstanding::attempts)
                .containsExactly(tuple("dt=2013-02-08/hour=0", 1));
        assertThat(fixture.parameters())
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=0")
                .containsEntry("fanin.run", "s3://state/runs/nightly-2/");
    }

    @Test
    void failureThatALaterRunHealsIsForgotten() {
        fixture.pass(RUN, 0, hours(2)).failing(0, 1).register();

        TableCreatorAnswer answer =
                fixture.pass(LATER_RUN, 0, hour(0), hour(1), hour(2)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(valuesOf(hours(3)));
    }

    /** The key is an int: hour=07 and hour=7 are one partition. */
    @Test
    void failureRegisteredInAnotherFormIsForgotten() {
        Partition padded = new Partition(PartitionValues.of("2013-02-08", "07"), "flights/dt=2013-02-08/hour=07/");
        fixture.pass(RUN, 0, padded).failing(0).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(7)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void failureInAnotherFormIsAnAttemptOfTheSamePartition() {
        Partition padded = new Partition(PartitionValues.of("2013-02-08", "07"), "flights/dt=2013-02-08/hour=07/");
        fixture.pass(RUN, 0, padded).failing(0).register();

        fixture.pass(LATER_RUN, 0, hour(7)).failing(0).register();

        assertThat(fixture.record().outstanding()).singleElement().satisfies(failure -> {
            assertThat(failure.partition()).isEqualTo(hour(7));
            assertThat(failure.attempts()).isEqualTo(2);
        });
    }

    @Test
    void failureThatAnotherToolHasHealedIsForgotten() {
        fixture.pass(RUN, 0, hours(3)).failing(0, 1).register();
        fixture.registerElsewhere(hour(0));

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(5)).register();

        assertThat(answer.counts().outstanding()).isEqualTo(1);
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::partition)
                .containsExactly(hour(1));
    }

    /** As it is when data came late: that the partition is there says nothing of its new data. */
    @Test
    void registeredPartitionThatFailsNeedsAnotherRun() {
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.pass(LATER_RUN, 0, hour(1)).failing(0).register();
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::partition, OutstandingFailure::registeredBy)
                .containsExactly(tuple(hour(1), Optional.of("s3://state/runs/nightly-1/")));

        assertThat(fixture.pass(new RunId("nightly-3"), 0, hour(5))
                        .register()
                        .counts()
                        .outstanding())
                .isEqualTo(1);
        fixture.registerUnder("s3://state/runs/nightly-4/", hour(1));

        assertThat(fixture.pass(new RunId("nightly-5"), 0, hour(6)).register().status())
                .isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void registeredPartitionThatFailsIsHealedByTheRunThatRegistersIt() {
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.pass(LATER_RUN, 0, hour(1)).failing(0).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 1, hour(1)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void anotherToolsRegistrationDoesNotHealAFailure() {
        fixture.createTable().registerElsewhere(hour(1));
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.registerElsewhere(hour(1));
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::registeredBy)
                .containsExactly(Optional.of(""));

        assertThat(fixture.pass(LATER_RUN, 0, hour(5)).register().counts().outstanding())
                .isEqualTo(1);
        fixture.registerUnder("s3://state/runs/nightly-3/", hour(1));

        assertThat(fixture.pass(LATER_RUN, 1, List.of()).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void refusedUpdateOfARegistrationHealsNothing() {
        fixture.pass(RUN, 0, hours(2)).register();
        fixture.aws
                .faults()
                .on("BatchUpdatePartition")
                .thenFailEntry(hour(1).values().values(), new Fault.Fail(400, "InvalidInputException", "no"));

        fixture.pass(LATER_RUN, 0, hour(1)).register();

        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::registeredBy)
                .containsExactly(Optional.of("s3://state/runs/nightly-1/"));
        assertThat(fixture.pass(new RunId("nightly-3"), 0, hour(5))
                        .register()
                        .counts()
                        .outstanding())
                .isEqualTo(1);
    }

    @Test
    void passThatHasNothingLeftToProcessSetsTheFlagRight() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
        fixture.registerElsewhere(hour(1));

        TableCreatorAnswer answer = fixture.pass(RUN, 1, List.of()).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(2);
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void progressOfATableThatWasDroppedIsForgotten() {
        fixture.pass(RUN, 0, hours(20)).register();
        fixture.aws
                .glue()
                .client()
                .deleteTable(request -> request.databaseName("analytics").name("flights"));

        fixture.pass(LATER_RUN, 0, hours(3)).register();

        assertThat(fixture.parameters()).containsEntry("fanin.complete_through", "2013-02-08T02:00");
    }

    /** Of a run that dies after it has registered, the record knows: so the next one sets the flag right. */
    @Test
    void runIsRecordedBeforeItsFirstPartitionBecomesVisible() {
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenRunAfter(() -> assertThat(fixture.record().lastRun()).contains(lastRun(0)));

        fixture.pass(RUN, 0, hours(3)).register();

        assertThat(fixture.record().lastRun()).contains(lastRun(3));
    }

    @Test
    void concurrentFailureOfAnotherRunIsNotOverwritten() {
        fixture.pass(RUN, 0, hours(1)).register();
        OutstandingFailure meanwhile = OutstandingFailure.first(hour(9), new Failure("Truncated", "cut"), LATER_RUN, 0);
        fixture.aws.faults().on("UpdateTable").nth(1).thenRun(() -> {
            fixture.records.update(
                    new TableName("analytics", "flights"), record -> record.withFailures(List.of(meanwhile)));
            fixture.aws
                    .glue()
                    .alterTable(
                            "analytics",
                            "flights",
                            table -> table.withObject("Parameters").put("fanin.status", "PARTIAL"));
        });

        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=9");
    }

    @Test
    void wipedParametersAreRestoredByTheNextPass() {
        fixture.pass(RUN, 0, hours(2)).failing(0).register();
        fixture.aws.glue().alterTable("analytics", "flights", table -> table.putObject("Parameters"));

        fixture.pass(LATER_RUN, 0, hour(2)).register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed", "1")
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=0");
    }

    @Test
    void reportSaysEverythingThatIsOutstanding() {
        fixture.pass(RUN, 0, hours(3)).failing(1).lost(2, "Runtime.ExitError").register();

        String text = fixture.aws
                .s3()
                .text(RunFixture.STATE, "runs/nightly-1/report.json")
                .orElseThrow();

        assertThat(RunFixture.json(text)).isEqualTo(RunFixture.json("""
                        {"version":1,"run":"nightly-1","pass":0,"table":"analytics.flights",
                         "execution":"arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:nightly-1",
                         "location":"s3://lake/flights/","status":"PARTIAL","registered":1,"failed":2,"outstanding":2,"setAside":0,
                         "completeThrough":"2013-02-08T00:00",
                         "failures":[
                          {"partition":"dt=2013-02-08/hour=1","values":["2013-02-08","1"],
                           "prefix":"flights/dt=2013-02-08/hour=1/","error":"Truncated",
                           "message":"object a.json.gz is cut short","since":"2013-02-10T00:00:00Z","attempts":1,"setAside":false},
                          {"partition":"dt=2013-02-08/hour=2","values":["2013-02-08","2"],
                           "prefix":"flights/dt=2013-02-08/hour=2/","error":"Runtime.ExitError",
                           "message":"the processor gave no answer (Runtime.ExitError): its process ended, most often for want of memory; raise the stack's parameter ProcessorMemory",
                           "since":"2013-02-10T00:00:00Z","attempts":0,"setAside":false}],
                         "skipped":{"count":0,"sample":[]},
                         "tableCreated":"2013-02-10T00:00:00Z","healed":false}
                        """));
        assertThat(fixture.aws.s3().text(RunFixture.STATE, "runs/nightly-1/pass-0/report.json"))
                .hasValue(text);
    }

    @Test
    void reportOfACompleteTableHasNoFailures() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();

        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(fixture.report(RUN))
                .isEqualTo(new RunReport(
                        new RunReport.Header(
                                1,
                                RUN,
                                1,
                                Optional.of(RunFixture.execution(RUN, OptionalInt.of(0))
                                        .id()),
                                "analytics.flights",
                                "s3://lake/flights/"),
                        TableStatus.COMPLETE,
                        new RunCounts(
                                2,
                                0,
                                0,
                                0L,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                RunCounts.Gone.NONE),
                        Optional.of("2013-02-08T01:00"),
                        List.of(),
                        Tally.NONE,
                        new RunReport.Details(
                                OptionalLong.empty(),
                                Optional.of(fixture.clock.instant()),
                                true,
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                TableChanges.NONE)));
        assertThat(fixture.folder(RUN).report(0).orElseThrow().status()).isEqualTo(TableStatus.PARTIAL);
    }

    private static TableRecord.LastRun lastRun(long registered) {
        return new TableRecord.LastRun(
                RUN,
                "s3://state/runs/nightly-1/",
                registered,
                OptionalLong.empty(),
                Optional.of(new TableRecord.Found(0, TableStatus.COMPLETE)));
    }
}
