package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Fault;
import io.fanin.model.run.NextStep;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrivals at the gate that are held, and those that are redrives. */
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
    void firstArrivalIsHeldAfterARedriveOfAnotherState() {
        assertHeld(0, OptionalInt.of(3));
        assertHeld(0, OptionalInt.of(3));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(4)).next()).isEqualTo(NextStep.PROCESS);
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

    private void assertHeld(int pass, OptionalInt redriveCount) {
        assertThatThrownBy(() -> fixture.hold(RUN, pass, redriveCount))
                .isExactlyInstanceOf(TablePartialException.class)
                .hasMessageContaining("analytics.flights");
    }

    private static OptionalInt count(Integer count) {
        return count == null ? NONE : OptionalInt.of(count);
    }
}
