package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.fanin.model.run.Execution;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The marker by which the gate recognises its first arrival. */
class HoldTest {

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");

    @Test
    void firstArrivalFindsNoMarker() {
        assertThat(run.hold(0, marker(OptionalInt.of(0)))).isEmpty();
        assertThat(runs.aws.s3().keys("state")).containsExactly("runs/r1/pass-0/held.json");
    }

    @Test
    void laterArrivalFindsTheFirstMarker() {
        HeldMarker first = marker(OptionalInt.of(0));
        run.hold(0, first);

        assertThat(run.hold(0, marker(OptionalInt.of(1)))).hasValue(first);
        assertThat(run.hold(0, marker(OptionalInt.of(2)))).hasValue(first);
    }

    @Test
    void arrivalOfTheSameRedriveCountIsAnotherArrival() {
        HeldMarker first = marker(OptionalInt.of(0));
        run.hold(0, first);

        assertThat(run.hold(0, marker(OptionalInt.of(0)))).hasValue(first);
    }

    @Test
    void markerWithoutRedriveCountIsReadAsWritten() {
        HeldMarker first = marker(OptionalInt.empty());
        run.hold(0, first);

        assertThat(run.hold(0, marker(OptionalInt.empty()))).hasValue(first);
    }

    @Test
    void everyPassIsHeldByItself() {
        run.hold(0, marker(OptionalInt.of(0)));

        assertThat(run.hold(1, marker(OptionalInt.of(1)))).isEmpty();
    }

    /** The SDK sends the put again, which is refused with 412 by the marker that it has left itself. */
    @Test
    void ownMarkerAfterALostAnswerIsStillTheFirstArrival() {
        runs.aws.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(run.hold(0, marker(OptionalInt.of(0)))).isEmpty();
        assertThat(runs.aws.log().count("PutObject")).isEqualTo(2);
    }

    /** S3 says 409 while another conditional put is under way: nothing is there yet, and nothing may ever be. */
    @Test
    void conflictWithAFailedPutIsStillTheFirstArrival() {
        runs.aws.faults().on("PutObject").first(2).thenFail(409, "ConditionalRequestConflict", "under way");

        assertThat(run.hold(0, marker(OptionalInt.of(0)))).isEmpty();
    }

    private static HeldMarker marker(OptionalInt redriveCount) {
        return HeldMarker.of(new Execution("arn", "r1", NullNode.getInstance(), Optional.empty(), redriveCount));
    }
}
