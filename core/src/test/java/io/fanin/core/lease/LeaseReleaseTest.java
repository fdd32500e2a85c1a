package io.fanin.core.lease;

import static io.fanin.core.lease.LeaseFixture.FLIGHTS;
import static io.fanin.core.lease.LeaseFixture.KEY;
import static io.fanin.core.lease.LeaseFixture.ONE;
import static io.fanin.core.lease.LeaseFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.lease.Leases.Acquired;
import io.fanin.core.lease.Leases.HeldBy;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.model.run.Execution;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A lease is released by the acquisition that has it, and by no other. */
class LeaseReleaseTest {

    private final LeaseFixture fixture = new LeaseFixture();
    private final FakeS3 s3 = fixture.s3;
    private final Set<String> running = fixture.running;
    private final Leases leases = fixture.leases;

    @Test
    void releasedLeaseNamesNoHolder() {
        leases.release(acquired(ONE));

        assertThat(fixture.stored().has("holder")).isFalse();
        assertThat(fixture.stored().path("run").asText()).isEqualTo("one");
        assertThat(s3.log().count("DeleteObject")).isZero();
    }

    @Test
    void whatAnotherExecutionHasTakenSinceIsNotReleased() {
        Acquired lost = acquired(ONE);
        running.remove(ONE.id());
        leases.acquire(FLIGHTS, TWO);

        leases.release(lost);

        assertThat(fixture.holder()).isEqualTo(TWO.id());
    }

    @Test
    void whatAnotherExecutionTakesInTheMiddleIsNotReleased() {
        Acquired lost = acquired(ONE);
        running.remove(ONE.id());
        s3.log().reset();
        s3.faults()
                .on("PutObject")
                .where(call -> fixture.holder().equals(ONE.id()))
                .first(1)
                .thenRun(() -> s3.put(
                        "state",
                        KEY,
                        "{\"version\":1,\"holder\":\"" + TWO.id() + "\",\"run\":\"two\",\"acquisition\":\"x\"}"));

        leases.release(lost);

        assertThat(fixture.holder()).isEqualTo(TWO.id());
    }

    /** An invocation that was considered dead ends late, while the one that replaces it is working. */
    @Test
    void whatTheSameExecutionHasTakenAgainIsNotReleased() {
        Acquired earlier = acquired(ONE);
        leases.acquire(FLIGHTS, ONE);

        leases.release(earlier);

        assertThat(fixture.holder()).isEqualTo(ONE.id());
    }

    @Test
    void releaseWhoseAnswerIsLostIsARelease() {
        Acquired lease = acquired(ONE);
        s3.faults().on("PutObject").first(1).thenDropAfter();

        leases.release(lease);

        assertThat(fixture.stored().has("holder")).isFalse();
    }

    @Test
    void releaseThatFailsFailsNobodyAndEndsWithTheExecution() {
        Acquired lease = acquired(ONE);
        s3.faults().on("PutObject").then(Fault.accessDenied());

        leases.release(lease);
        s3.faults().clear();

        assertThat(leases.acquire(FLIGHTS, TWO)).isEqualTo(new HeldBy(ONE.id()));
        running.remove(ONE.id());
        assertThat(leases.acquire(FLIGHTS, TWO)).isInstanceOf(Acquired.class);
    }

    private Acquired acquired(Execution execution) {
        return (Acquired) leases.acquire(FLIGHTS, execution);
    }
}
