package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.RecordedProgress;
import io.fanin.core.record.RecordedProgress.Reach;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The failures that the record keeps from pass to pass and from run to run. */
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
                                        new Failure(FailureCode.TRUNCATED, "object a.json.gz is cut short"),
                                        RUN,
                                        0)
                                .ofDataReadAt(fixture.clock.instant())
                                .ofTableIn("lake")),
                        new RecordedProgress(
                                Optional.of("2013-02-08T00:00"),
                                new Reach(Optional.of("2013-02-08T00:00"), Optional.of("2013-02-08T01:00"), List.of()),
                                Optional.empty(),
                                Optional.of(ProgressScope.of(
                                        RunFixture.DEFINITION,
                                        fixture.catalog
                                                .table(RunFixture.FLIGHTS)
                                                .orElseThrow()
                                                .created())),
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        OptionalLong.empty(),
                        Optional.of(lastRun(1)),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        fixture.catalog.table(RunFixture.FLIGHTS).orElseThrow().created(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    /** Failures of a dropped table do not count for the one that was created in its place. */
    @Test
    void recreatedTableHasNoEarlierFailures() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.others.dropTable();
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
    void passThatHasNothingLeftToProcessSetsTheFlagRight() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
        fixture.others.register(hour(1));

        TableCreatorAnswer answer = fixture.pass(RUN, 1, List.of()).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(2);
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void progressOfATableThatWasDroppedIsForgotten() {
        fixture.pass(RUN, 0, hours(20)).register();
        fixture.others.dropTable();

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
        OutstandingFailure meanwhile =
                OutstandingFailure.first(hour(9), new Failure(FailureCode.TRUNCATED, "cut"), LATER_RUN, 0);
        fixture.aws.faults().on("UpdateTable").nth(1).thenRun(() -> {
            fixture.records.update(
                    new TableName("analytics", "flights"),
                    record -> record.withFailures(List.of(meanwhile), TestForms.AS_WRITTEN));
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

    private static RecordedRun lastRun(long registered) {
        return new RecordedRun(
                RUN,
                "s3://state/runs/nightly-1/",
                registered,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new RecordedRun.Found(0, TableStatus.COMPLETE, Optional.empty())));
    }
}
