package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunFolderException;
import io.fanin.core.run.TableStatus;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partial run is held once for each pass, and let go when it is redriven. */
class GateTest {

    private static final OptionalInt NONE = OptionalInt.empty();
    private static final String MARKER = "runs/nightly-1/pass-0/held.json";

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void runOfFourPartitionsOfWhichTwoFailed() {
        fixture.pass(RUN, 0, hours(4)).failing(1, 3).register();
    }

    @Test
    void firstArrivalIsHeldAndLeavesAMarker() {
        assertHeld(0, OptionalInt.of(0));

        String marker = fixture.aws.s3().text(RunFixture.STATE, MARKER).orElseThrow();
        assertThat(json(marker).path("redriveCount").asInt(-1)).isZero();
        assertThat(fixture.aws.s3().keys(RunFixture.STATE)).doesNotContain("runs/nightly-1/pass-1/manifest.json");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // held with, arrives with, goes on
                "0,    0,    false",
                "0,    1,    true",
                "0,    2,    true",
                "0,    none, true",
                "1,    1,    false",
                "1,    2,    true",
                "1,    0,    false",
                "none, none, true",
                "none, 0,    false",
                "none, 1,    true",
            })
    void laterArrivalGoesOnWhenItIsARedrive(Integer held, Integer arrives, boolean goesOn) {
        assertHeld(0, count(held));

        if (goesOn) {
            assertThat(fixture.hold(RUN, 0, count(arrives)).pass()).isEqualTo(1);
        } else {
            assertHeld(0, count(arrives));
            assertHeld(0, count(arrives));
        }
    }

    @Test
    void firstArrivalIsHeldThoughAnotherStateOfTheRunWasRedrivenBefore() {
        assertHeld(0, OptionalInt.of(3));
        assertHeld(0, OptionalInt.of(3));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(4)).next()).isEqualTo(Next.PROCESS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"0", "none"})
    void firstArrivalWhosePutWasAnsweredTwiceIsStillTheFirst(Integer redriveCount) {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("held.json"))
                .first(1)
                .thenDropAfter();

        assertHeld(0, count(redriveCount));

        assertThat(fixture.aws.log().calls("PutObject"))
                .filteredOn(call -> call.target().endsWith("held.json"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, held.json", "1, manifest.json"})
    void putThatMetAnotherOneIsMadeAgain(int redriveCount, String object) {
        if (redriveCount > 0) {
            assertHeld(0, OptionalInt.of(0));
        }
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith(object))
                .first(1)
                .then(new Fault.Fail(409, "ConditionalRequestConflict", "conflicting conditional operation"));

        if (redriveCount > 0) {
            assertThat(fixture.hold(RUN, 0, OptionalInt.of(redriveCount)).partitions())
                    .isEqualTo(2);
        } else {
            assertHeld(0, OptionalInt.of(redriveCount));
        }
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
                        Next.PROCESS,
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
        fixture.registerElsewhere(hour(1));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1))).isEqualTo(first);
        assertThat(manifest(1)).containsExactly(hour(1), hour(3));
    }

    @Test
    void redriveLeavesOutWhatALaterRunHasHealed() {
        assertHeld(0, OptionalInt.of(0));
        fixture.pass(LATER_RUN, 0, hour(1)).register();

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(answer.next()).isEqualTo(Next.PROCESS);
        assertThat(manifest(1)).containsExactly(hour(3));
    }

    @Test
    void redriveAfterEverythingWasHealedProcessesNothingAndTurnsTheTableComplete() {
        assertHeld(0, OptionalInt.of(0));
        fixture.registerElsewhere(hour(1));
        fixture.registerElsewhere(hour(3));

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(answer.next()).isEqualTo(Next.REGISTER);
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
                .satisfies(answer -> assertThat(answer.registered()).isEqualTo(4));
    }

    @Test
    void whereTheEngineKnowsNoRedriveEveryPassIsHeldOnce() {
        assertHeld(0, NONE);
        fixture.hold(RUN, 0, NONE);
        fixture.pass(RUN, 1, hour(1), hour(3)).failing(0).register();

        assertHeld(1, NONE);
        assertThat(fixture.hold(RUN, 1, NONE).pass()).isEqualTo(2);
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
    void tableThatWasDroppedMeanwhileIsNamedWithWhatToDo() {
        assertHeld(0, OptionalInt.of(0));
        fixture.aws
                .glue()
                .client()
                .deleteTable(request -> request.databaseName("analytics").name("flights"));

        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(1)))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
    }

    @Test
    void redriveThatDiesAtAnyRequestIsAnsweredTheSameTheNextTime() {
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
        List<Partition> partitions = new ArrayList<>();
        fixture.folder(RUN).readManifest(pass, batch -> partitions.addAll(batch.partitions()));
        return partitions;
    }

    private static OptionalInt count(Integer count) {
        return count == null ? NONE : OptionalInt.of(count);
    }
}
