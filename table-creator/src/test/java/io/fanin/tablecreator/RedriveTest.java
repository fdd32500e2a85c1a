package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.run.folder.RunFolderException;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next step of a redriven run after the gate. */
class RedriveTest {

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void runOfFourPartitionsOfWhichTwoFailed() {
        fixture.pass(RUN, 0, hours(4)).failing(1, 3).register();
    }

    @Test
    void redriveLeadsToThePartitionsThatFailed() {
        assertHeld(0, OptionalInt.of(0));

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(answer)
                .isEqualTo(new GateAnswer(
                        RUN,
                        1,
                        "analytics.flights",
                        NextStep.PROCESS,
                        "runs/nightly-1/pass-1/manifest.json",
                        2,
                        2,
                        List.of()));
        assertThat(manifest(1)).containsExactly(hour(1), hour(3));
    }

    @Test
    void redriveThatIsDeliveredTwiceIsAnsweredTheSame() {
        assertHeld(0, OptionalInt.of(0));
        GateAnswer first = fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.others.register(hour(1));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1))).isEqualTo(first);
        assertThat(manifest(1)).containsExactly(hour(1), hour(3));
    }

    @Test
    void redriveLeavesOutWhatALaterRunHasHealed() {
        assertHeld(0, OptionalInt.of(0));
        fixture.pass(LATER_RUN, 0, hour(1)).register();

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(manifest(1)).containsExactly(hour(3));
    }

    /** As it is when data came late: that the partition is there says nothing of its new data. */
    @Test
    void redriveLeadsToWhatStoodRegisteredAlreadyWhenItFailed() {
        fixture.pass(LATER_RUN, 0, hour(0), hour(2)).failing(0, 1).register();
        assertThatThrownBy(() -> fixture.hold(LATER_RUN, 0, OptionalInt.of(0)))
                .isExactlyInstanceOf(TablePartialException.class);
        fixture.others.registerUnder("s3://state/runs/nightly-3/", hour(2));

        GateAnswer answer = fixture.hold(LATER_RUN, 0, OptionalInt.of(1));

        assertThat(answer.partitions()).isEqualTo(3);
        assertThat(manifest(LATER_RUN, 1)).containsExactlyInAnyOrder(hour(0), hour(1), hour(3));
    }

    @Test
    void redriveAfterEverythingWasHealedOnlySetsTheFlag() {
        assertHeld(0, OptionalInt.of(0));
        fixture.others.register(hour(1));
        fixture.others.register(hour(3));

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.partitions()).isZero();
        assertThat(answer.batches()).isZero();
        assertThat(answer.receipts()).isEmpty();
        assertThat(fixture.register(RUN, 1, json("[]")).status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void runIsRedrivenPassByPassUntilNothingIsLeft() {
        assertHeld(0, OptionalInt.of(0));
        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.pass(RUN, 1, hour(1), hour(3)).failing(1).register();
        assertHeld(1, OptionalInt.of(1));
        assertHeld(1, OptionalInt.of(1));

        GateAnswer second = fixture.hold(RUN, 1, OptionalInt.of(2));

        assertThat(second.pass()).isEqualTo(2);
        assertThat(manifest(2)).containsExactly(hour(3));
        assertThat(fixture.pass(RUN, 2, hour(3)).register())
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE))
                .satisfies(answer -> assertThat(answer.counts().registered()).isEqualTo(4));
    }

    @Test
    void whereTheEngineKnowsNoRedriveEveryPassIsHeldOnce() {
        assertHeld(0, OptionalInt.empty());
        fixture.hold(RUN, 0, OptionalInt.empty());
        fixture.pass(RUN, 1, hour(1), hour(3)).failing(0).register();

        assertHeld(1, OptionalInt.empty());
        assertThat(fixture.hold(RUN, 1, OptionalInt.empty()).pass()).isEqualTo(2);
    }

    @Test
    void expiredRunFolderIsNamedWithWhatToDo() {
        fixture.aws
                .s3()
                .keys(RunFixture.STATE, "runs/")
                .forEach(key -> fixture.aws.s3().delete(RunFixture.STATE, key));

        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(1)))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContainingAll("s3://state/runs/nightly-1/", "expired", "Start a new execution");
        assertThat(fixture.aws.s3().keys(RunFixture.STATE, "runs/")).isEmpty();
    }

    @Test
    void droppedTableIsNamedWithWhatToDo() {
        assertHeld(0, OptionalInt.of(0));
        fixture.others.dropTable();

        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(1)))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
    }

    @Test
    void redriveThatDiesAtAnyRequestIsRepeatable() {
        assertHeld(0, OptionalInt.of(0));
        GateAnswer expected = fixture.hold(RUN, 0, OptionalInt.of(1));
        boolean crashed = true;
        for (int request = 1; crashed; request++) {
            for (Moment moment : Moment.values()) {
                fixture.aws.s3().delete(RunFixture.STATE, "runs/nightly-1/pass-1/manifest.json");
                Crashes crashes = new Crashes(request, moment);
                fixture.aws.faults().hook(crashes);
                try {
                    fixture.hold(RUN, 0, OptionalInt.of(1));
                } catch (Crashes.Crash e) {
                    assertThat(crashes.happened()).isTrue();
                }
                fixture.aws.faults().clear();
                crashed = crashes.happened();

                assertThat(fixture.hold(RUN, 0, OptionalInt.of(1))).isEqualTo(expected);
            }
        }
    }

    private void assertHeld(int pass, OptionalInt redriveCount) {
        assertThatThrownBy(() -> fixture.hold(RUN, pass, redriveCount))
                .isExactlyInstanceOf(TablePartialException.class)
                .hasMessageContaining("analytics.flights");
    }

    private List<Partition> manifest(int pass) {
        return manifest(RUN, pass);
    }

    private List<Partition> manifest(RunId run, int pass) {
        List<Partition> partitions = new ArrayList<>();
        fixture.folder(run).readManifest(pass, batch -> partitions.addAll(batch.partitions()));
        return partitions;
    }
}
