package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.WaivedPartition;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.OnPartial;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waived partitions in passes and runs. */
class WaiverTest {

    private static final RunId WAIVING = new RunId("waiving");

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void oneOfThreeHasFailed() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
    }

    private TableCreatorAnswer waive() {
        return fixture.starts.waiving(WAIVING, hour(1)).register();
    }

    @Test
    void waivedPartitionIsNoLongerOutstanding() {
        TableCreatorAnswer answer = waive();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().exempt().waived()).isEqualTo(OptionalLong.of(1));
        assertThat(answer.counts().registered()).isZero();
        assertThat(fixture.registered()).hasSize(2);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0")
                .containsEntry("fanin.waived", "1")
                .containsEntry("fanin.complete_through", "2013-02-08T02:00")
                .doesNotContainKey("fanin.failed.sample");
        RunReport report = fixture.report(WAIVING);
        assertThat(report.failures()).isEmpty();
        assertThat(report.details().healed()).isTrue();
        assertThat(report.details().waivers())
                .containsExactly(new WaivedPartition(
                        "dt=2013-02-08/hour=1",
                        List.of("2013-02-08", "1"),
                        "lost",
                        "ada",
                        Instant.parse("2013-03-01T00:00:00Z"),
                        RunFixture.UNTIL));
    }

    @Test
    void runThatWaivesSucceedsWhateverElseIsOutstanding() {
        fixture.pass(LATER_RUN, 0, hour(5)).failing(0).register();

        TableCreatorAnswer answer = waive();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.onPartial()).isEqualTo(OnPartial.SUCCEED);
    }

    @Test
    void redriveLeavesItOut() {
        fixture.pass(LATER_RUN, 0, hours(5)).failing(1, 4).register();
        held(LATER_RUN);
        waive();

        GateAnswer answer = fixture.hold(LATER_RUN, 0, OptionalInt.of(1));

        assertThat(answer.partitions()).isEqualTo(1);
        assertThat(fixture.pass(LATER_RUN, 1, hour(4)).register().status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.record().waived()).hasSize(1);
    }

    @Test
    void redriveWithNothingElseSetsTheFlagsRight() {
        held(RUN);
        waive();

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).next()).isEqualTo(NextStep.REGISTER);
    }

    private void held(RunId run) {
        try {
            fixture.hold(run, 0, OptionalInt.of(0));
        } catch (TablePartialException e) {
            assertThat(e).hasMessageContaining("outstanding");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0, PARTIAL", "false, 0, COMPLETE"})
    void runThatProcessesItEndsTheWaiver(boolean fails, int waived, TableStatus status) {
        waive();
        Pass pass = fixture.pass(LATER_RUN, 0, hour(1));

        (fails ? pass.failing(0) : pass).register();

        assertThat(fixture.record().waived()).hasSize(waived);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", status.name())
                .doesNotContainKey("fanin.waived");
    }

    @Test
    void whatWasRegisteredMeanwhileIsNotWaived() {
        fixture.others.register(hour(1));

        TableCreatorAnswer answer = waive();

        assertThat(answer.counts().exempt().waived()).isEmpty();
        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void whatAnotherToolRegistersIsNoLongerWaived() {
        waive();
        fixture.others.register(hour(1));

        fixture.pass(LATER_RUN, 0, hour(4)).register();

        assertThat(fixture.record().waived()).isEmpty();
    }

    @Test
    void unwaivedPartitionIsOutstandingWithNoAttempts() {
        waive();

        fixture.starts
                .changingWaivers(LATER_RUN, new WaiverChange(List.of(), List.of(hour(1).values())))
                .register();

        assertThat(fixture.record().waived()).isEmpty();
        assertThat(fixture.record().outstanding())
                .singleElement()
                .extracting(OutstandingFailure::attempts)
                .isEqualTo(0);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2013-02-08T00:00");
    }

    @ParameterizedTest
    @CsvSource({"2013-03-31T23:59:59Z, 1", "2013-04-01T00:00:00Z, 0"})
    void itIsOutstandingAgainAtTheEndOfTheWaiver(Instant time, int waived) {
        waive();
        Pass pass = fixture.pass(LATER_RUN, 0, hour(4));
        DetectionReport report = DetectionReport.unseen(DetectionCounts.Pending.NONE, DetectionCounts.Skips.NONE)
                .upTo(LatestPeriod.at(time))
                .after(fixture.record().lastChange().orElseThrow());
        fixture.starts.begin(LATER_RUN, report, TakenEntries.NONE);

        pass.register();

        assertThat(fixture.record().waived()).hasSize(waived);
        assertThat(fixture.record().outstanding()).hasSize(1 - waived);
    }

    @Test
    void whatHadNeverFailedIsOutstandingAgainIfItHasData() {
        fixture.starts.waiving(WAIVING, hour(7)).register();

        assertThat(fixture.record().waived())
                .singleElement()
                .extracting(RecordedWaiver::failure)
                .satisfies(failure ->
                        assertThat(failure.orElseThrow().failure().error()).isEqualTo("NotProcessed"));
    }

    @Test
    void waivedTwiceItChangesNothing() {
        waive();
        List<RecordedWaiver> before = fixture.record().waived();

        fixture.starts.waiving(LATER_RUN, hour(1)).register();

        assertThat(fixture.record().waived()).isEqualTo(before);
        assertThat(fixture.record().outstanding()).isEmpty();
    }

    @Test
    void waiversGoWithTheirTable() {
        waive();
        fixture.others.dropTable();

        fixture.pass(LATER_RUN, 0, hour(4)).register();

        assertThat(fixture.record().waived()).isEmpty();
    }
}
