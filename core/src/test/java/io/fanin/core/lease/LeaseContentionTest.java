package io.fanin.core.lease;

import static io.fanin.core.lease.LeaseFixture.DEAD;
import static io.fanin.core.lease.LeaseFixture.FLIGHTS;
import static io.fanin.core.lease.LeaseFixture.KEY;
import static io.fanin.core.lease.LeaseFixture.ONE;
import static io.fanin.core.lease.LeaseFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.lease.LeaseFixture.Before;
import io.fanin.core.lease.Leases.Acquired;
import io.fanin.core.lease.Leases.Acquisition;
import io.fanin.core.lease.Leases.HeldBy;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.fakes.FaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of several executions that take a lease concurrently exactly one gets it, and the others learn its holder. */
class LeaseContentionTest {

    private final LeaseFixture fixture = new LeaseFixture();
    private final FakeS3 s3 = fixture.s3;
    private final Set<String> running = fixture.running;
    private final Leases leases = fixture.leases;

    @ParameterizedTest
    @EnumSource
    void lostAnswerIsNotTakenForSomebodyElse(Before before) {
        before.given(leases);
        s3.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);
        assertThat(fixture.holder()).isEqualTo(ONE.id());
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoTakersExactlyOneWinsWhereverTheyMeet(Before before) {
        for (String operation : List.of("GetObject", "PutObject")) {
            for (Moment moment : Moment.values()) {
                LeaseFixture fresh = new LeaseFixture();
                before.given(fresh.leases);
                List<Acquisition> second = new ArrayList<>();
                Runnable meanwhile = () -> second.add(fresh.leases.acquire(FLIGHTS, TWO));
                FaultRule meeting = fresh.s3.faults().on(operation).nth(1);
                if (moment == Moment.BEFORE) {
                    meeting.thenRun(meanwhile);
                } else {
                    meeting.thenRunAfter(meanwhile);
                }

                Acquisition first = fresh.leases.acquire(FLIGHTS, ONE);

                boolean firstWins = first instanceof Acquired;
                assertThat(List.of(first, second.get(0)))
                        .as("%s %s", moment, operation)
                        .filteredOn(Acquired.class::isInstance)
                        .hasSize(1);
                assertThat(firstWins ? second.get(0) : first)
                        .isEqualTo(new HeldBy(firstWins ? ONE.id() : TWO.id()))
                        .isEqualTo(new HeldBy(fresh.holder()));
            }
        }
    }

    /** Its lease says the same as before but for the acquisition, without which the ETag would be the same too. */
    @Test
    void holderThatIsRedrivenWhileItIsTakenForDeadKeepsIt() {
        leases.acquire(FLIGHTS, DEAD);
        s3.faults().on("PutObject").nth(1).thenRun(() -> {
            running.add(DEAD.id());
            leases.acquire(FLIGHTS, DEAD);
        });

        assertThat(leases.acquire(FLIGHTS, ONE)).isEqualTo(new HeldBy(DEAD.id()));
        assertThat(fixture.holder()).isEqualTo(DEAD.id());
    }

    @Test
    void leaseThatIsDeletedMeanwhileIsTakenAgain() {
        leases.acquire(FLIGHTS, DEAD);
        s3.faults().on("PutObject").nth(1).thenRun(() -> s3.delete("state", KEY));

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);
        assertThat(fixture.holder()).isEqualTo(ONE.id());
    }

    @Test
    void conflictsWithoutEndAreThrownAndNamed() {
        s3.changedByOthers("state", KEY, change -> "{\"version\":1,\"run\":\"r\",\"acquisition\":\"" + change + "\"}");

        assertThatThrownBy(() -> leases.acquire(FLIGHTS, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("s3://state/" + KEY, "20 times", "run the execution again");
    }
}
