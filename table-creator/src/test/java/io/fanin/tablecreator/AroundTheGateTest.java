package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.execution;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.RunFolderException;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.TableStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes between a held run and its redrive, and their effect on the redrive. */
class AroundTheGateTest {

    private static final Execution OTHER = execution(LATER_RUN, OptionalInt.of(0));

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void runOfFourPartitionsOfWhichTwoFailedIsHeld() {
        fixture.pass(RUN, 0, hours(4)).failing(1, 3).register();
        assertHeld(0, 0);
    }

    @Test
    void redriveAfterEverythingWasHealedProcessesNothing() {
        fixture.pass(LATER_RUN, 0, hour(1), hour(3), hour(4)).register();

        GateAnswer answer = hold(0, 1);
        TableCreatorAnswer registered = fixture.register(RUN, 1, json("[]"));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(manifest(1)).isEmpty();
        assertThat(registered.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(registered.counts().registered()).isEqualTo(2);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0")
                .containsEntry("fanin.complete_through", "2013-02-08T04:00");
    }

    @Test
    void redriveProcessesWhatALaterRunHasNotHealed() {
        fixture.pass(LATER_RUN, 0, hour(1), hour(4)).register();

        assertThat(hold(0, 1).next()).isEqualTo(NextStep.PROCESS);

        assertThat(manifest(1)).containsExactly(hour(3));
        assertThat(fixture.pass(RUN, 1, hour(3)).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** Which that run has not, and cannot have, in its manifest: the next scheduled run takes it up. */
    @Test
    void failureOfALaterRunKeepsTheTablePartial() {
        fixture.pass(LATER_RUN, 0, hour(1), hour(3), hour(4)).failing(2).register();

        GateAnswer answer = hold(0, 1);
        TableCreatorAnswer registered = fixture.register(RUN, 1, json("[]"));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(registered.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(registered.counts().failed()).isZero();
        assertThat(registered.counts().outstanding()).isEqualTo(1);
        assertHeld(1, 1);
        assertThat(hold(1, 2).partitions()).isEqualTo(1);
        assertThat(manifest(2)).containsExactly(hour(4));
    }

    @Test
    void eachRedriveProcessesWhatTheLastOneLeft() {
        hold(0, 1);
        fixture.pass(RUN, 1, hour(1), hour(3)).failing(1).register();
        assertHeld(1, 1);

        hold(1, 2);

        assertThat(manifest(2)).containsExactly(hour(3));
        assertThat(fixture.pass(RUN, 2, hour(3)).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** An execution can be redriven for 14 days, its folder is kept for 30; a lease has no age at all. */
    @Test
    void redriveAfterTenDaysTakesOverADeadExecutionsLease() {
        fixture.clock.advance(Duration.ofDays(10));
        assertThat(fixture.leases.acquire(FLIGHTS, OTHER)).isInstanceOf(Leases.Acquired.class);

        GateAnswer answer = hold(0, 1);

        assertThat(answer.partitions()).isEqualTo(2);
        assertThat(fixture.pass(RUN, 1, hour(1), hour(3)).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void redriveNamesTheHolderOfTheLease() {
        fixture.running.add(OTHER.id());
        fixture.leases.acquire(FLIGHTS, OTHER);

        assertThatThrownBy(() -> hold(0, 1))
                .isExactlyInstanceOf(TableBusyException.class)
                .hasMessageContainingAll("analytics.flights", OTHER.id(), "redrive this execution");
        fixture.running.clear();

        assertThat(hold(0, 2).partitions()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "pass-0/report.json, s3://state/runs/nightly-1/pass-0/report.json",
        "spec.json,          s3://state/runs/nightly-1/spec.json",
    })
    void whatHasExpiredOfTheRunFolderIsNamedWithWhatToDo(String expired, String named) {
        fixture.aws.s3().delete(RunFixture.STATE, "runs/nightly-1/" + expired);
        fixture.newEnvironment();

        assertThatThrownBy(() -> hold(0, 1))
                .isExactlyInstanceOf(RunFolderException.class)
                .hasMessageContainingAll(named, "expired", "Start a new execution");
        assertThat(fixture.aws.s3().keys(RunFixture.STATE)).doesNotContain("runs/nightly-1/pass-1/manifest.json");
    }

    @ParameterizedTest
    @CsvSource({"spec.json", "pass-1/manifest.json"})
    void whatHasExpiredBeforeThePassIsRegisteredIsNamedWithWhatToDo(String expired) {
        hold(0, 1);
        Pass pass = fixture.pass(RUN, 1, hour(1), hour(3));
        fixture.aws.s3().delete(RunFixture.STATE, "runs/nightly-1/" + expired);
        fixture.newEnvironment();

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(RunFolderException.class)
                .hasMessageContainingAll("s3://state/runs/nightly-1/" + expired, "expired", "Start a new execution");
        assertThat(fixture.parameters()).containsEntry("fanin.status", "PARTIAL");
    }

    @Test
    void redriveIntoADroppedTableIsRefused() {
        fixture.others.dropTable();

        assertThatThrownBy(() -> hold(0, 1))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
        assertThat(hasTable()).isFalse();
    }

    @Test
    void tableDroppedDuringARedriveIsNotCreatedAgain() {
        hold(0, 1);
        fixture.others.dropTable();

        assertThatThrownBy(() -> fixture.pass(RUN, 1, hour(1), hour(3)).register())
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
        assertThat(hasTable()).isFalse();
    }

    @Test
    void redriveIntoARecreatedTableIsRefused() {
        fixture.others.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.createTable();

        assertThatThrownBy(() -> hold(0, 1))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "was created again", "Start a new execution");
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
    }

    @Test
    void firstArrivalIsHeldAfterARedriveOfCreateTable() {
        Pass pass = fixture.pass(LATER_RUN, 0, hours(3)).failing(2);
        fixture.aws.faults().on("UpdateTable").thenFail(400, "AccessDeniedException", "not allowed");
        assertThatThrownBy(pass::register).isInstanceOf(CatalogException.class);
        fixture.aws.faults().clear();

        pass.register();

        for (int arrival = 0; arrival < 2; arrival++) {
            assertThatThrownBy(() -> fixture.hold(LATER_RUN, 0, OptionalInt.of(1)))
                    .isExactlyInstanceOf(TablePartialException.class);
        }
        assertThat(fixture.hold(LATER_RUN, 0, OptionalInt.of(2)).next()).isEqualTo(NextStep.PROCESS);
    }

    @Test
    void retryOfTheFirstArrivalIsHeldAgain() {
        assertHeld(0, 0);
        assertHeld(0, 0);

        assertThat(hold(0, 1).next()).isEqualTo(NextStep.PROCESS);
    }

    private GateAnswer hold(int pass, int redriveCount) {
        return fixture.hold(RUN, pass, OptionalInt.of(redriveCount));
    }

    private void assertHeld(int pass, int redriveCount) {
        assertThatThrownBy(() -> hold(pass, redriveCount)).isExactlyInstanceOf(TablePartialException.class);
    }

    private boolean hasTable() {
        return fixture.aws.glue().hasTable(FLIGHTS.database(), FLIGHTS.table());
    }

    private List<Partition> manifest(int pass) {
        List<Partition> partitions = new ArrayList<>();
        fixture.folder(RUN).readManifest(pass, batch -> partitions.addAll(batch.partitions()));
        return partitions;
    }
}
