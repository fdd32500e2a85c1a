package io.fanin.core.lease;

import static io.fanin.core.lease.LeaseFixture.FLIGHTS;
import static io.fanin.core.lease.LeaseFixture.KEY;
import static io.fanin.core.lease.LeaseFixture.ONE;
import static io.fanin.core.lease.LeaseFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.lease.LeaseFixture.Before;
import io.fanin.core.lease.Leases.Acquired;
import io.fanin.core.lease.Leases.HeldBy;
import io.fanin.fakes.FakeS3;
import io.fanin.model.table.TableName;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lease can be taken unless a running execution holds it. */
class LeasesTest {

    private final LeaseFixture fixture = new LeaseFixture();
    private final FakeS3 s3 = fixture.s3;
    private final Set<String> running = fixture.running;
    private final List<String> asked = fixture.asked;
    private final Leases leases = fixture.leases;

    @Test
    void leaseOfOnesOwnIsTakenAgainAtOneRequest() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        s3.log().reset();

        Acquired second = (Acquired) leases.reacquire(FLIGHTS, ONE, first.version());

        assertThat(s3.log().calls()).hasSize(1);
        assertThat(second.wasUntouched()).isTrue();
        assertThat(second.wasHeld()).isTrue();
        assertThat(leases.isHeld(first)).isFalse();
    }

    @Test
    void leaseTakenByAnotherSinceIsNotTakenByItsOldVersion() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        leases.release(first);
        leases.acquire(FLIGHTS, TWO);

        assertThat(leases.reacquire(FLIGHTS, ONE, first.version())).isEqualTo(new Leases.HeldBy(TWO.id()));
    }

    @Test
    void executionThatHasEndedDoesNotTakeAFreeLeaseAgain() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        leases.release(first);
        running.remove(ONE.id());

        assertThatThrownBy(() -> leases.reacquire(FLIGHTS, ONE, first.version()))
                .isExactlyInstanceOf(ExecutionEndedException.class)
                .hasMessageContainingAll(ONE.id(), FLIGHTS.toString(), "has ended");
        assertThatThrownBy(() -> leases.reacquire(FLIGHTS, ONE)).isExactlyInstanceOf(ExecutionEndedException.class);
        assertThat(fixture.stored().has("holder")).isFalse();
    }

    @Test
    void executionThatEndsWhileItsLeaseIsTakenDoesNotTakeItAgain() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        s3.faults().on("GetObject").first(1).thenRunAfter(() -> {
            running.remove(ONE.id());
            leases.release((Acquired) leases.acquire(FLIGHTS, TWO));
        });

        assertThatThrownBy(() -> leases.reacquire(FLIGHTS, ONE)).isExactlyInstanceOf(ExecutionEndedException.class);
        assertThat(leases.isHeld(first)).isFalse();
        assertThat(fixture.stored().path("run").asText()).isEqualTo("two");
    }

    @Test
    void executionThatRunsTakesAFreeLeaseAgain() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        leases.release(first);

        Acquired second = (Acquired) leases.reacquire(FLIGHTS, ONE, first.version());

        assertThat(second.wasUntouched()).isFalse();
        assertThat(second.wasHeld()).isFalse();
        assertThat(asked).containsExactly(ONE.id());
    }

    @Test
    void leaseThatAnotherInvocationHasRetakenIsHeldAndTouched() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        leases.reacquire(FLIGHTS, ONE, first.version());

        Acquired third = (Acquired) leases.reacquire(FLIGHTS, ONE, first.version());

        assertThat(third.wasUntouched()).isFalse();
        assertThat(third.wasHeld()).isTrue();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leaseWasFreeWhereNobodyHadItSinceItWasSeen(Before before) {
        before.given(leases);
        Leases.Snapshot seen = leases.read(FLIGHTS);

        Acquired lease = (Acquired) leases.acquire(seen, ONE);

        assertThat(lease.wasFree()).isEqualTo(before != Before.HELD_BY_A_DEAD_EXECUTION);
    }

    @Test
    void leaseThatAnotherHadMeanwhileWasNotFree() {
        Leases.Snapshot seen = leases.read(FLIGHTS);
        leases.release((Acquired) leases.acquire(FLIGHTS, TWO));

        assertThat(((Acquired) leases.acquire(seen, ONE)).wasFree()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void leaseIsTakenWhereNobodyAliveHasIt(Before before) {
        before.given(leases);

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);

        assertThat(fixture.holder()).isEqualTo(ONE.id());
        assertThat(fixture.stored().path("run").asText()).isEqualTo("one");
        assertThat(s3.keys("state")).containsExactly(KEY);
    }

    @Test
    void runningHolderKeepsItAndNothingIsWritten() {
        leases.acquire(FLIGHTS, ONE);
        s3.log().reset();

        assertThat(leases.acquire(FLIGHTS, TWO)).isEqualTo(new HeldBy(ONE.id()));

        assertThat(s3.log().count("PutObject")).isZero();
        assertThat(fixture.holder()).isEqualTo(ONE.id());
    }

    @Test
    void tablesAreLeasedOneByOne() {
        leases.acquire(FLIGHTS, ONE);

        assertThat(leases.acquire(new TableName("analytics", "flights_v2"), TWO))
                .isInstanceOf(Acquired.class);
    }

    @Test
    void holderTakesItAgainAndStepFunctionsIsNotAsked() {
        running.clear();
        leases.acquire(FLIGHTS, ONE);

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);
        leases.release((Acquired) leases.acquire(FLIGHTS, ONE));
        assertThat(leases.acquire(FLIGHTS, TWO)).isInstanceOf(Acquired.class);

        assertThat(asked).isEmpty();
    }

    @Test
    void leaseThatCannotBeReadIsNamedAndNotReplaced() {
        s3.put("state", KEY, "{\"version\":1,");

        assertThatThrownBy(() -> leases.acquire(FLIGHTS, ONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/" + KEY + " cannot be read");
        assertThat(s3.log().count("PutObject")).isZero();
    }
}
