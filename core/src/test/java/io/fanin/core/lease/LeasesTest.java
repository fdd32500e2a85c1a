package io.fanin.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.json.Json;
import io.fanin.core.lease.Leases.Acquired;
import io.fanin.core.lease.Leases.Acquisition;
import io.fanin.core.lease.Leases.HeldBy;
import io.fanin.core.run.Execution;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.table.TableName;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.fakes.FaultRule;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeasesTest {

    private static final TableName FLIGHTS = new TableName("analytics", "flights");
    private static final String KEY = "tables/analytics/flights/lease.json";
    private static final Execution ONE = execution("one");
    private static final Execution TWO = execution("two");
    private static final Execution DEAD = execution("dead");

    private final FakeS3 s3 = new FakeS3().createBucket("state");
    private final Set<String> running = new HashSet<>(Set.of(ONE.id(), TWO.id()));
    private final List<String> asked = new ArrayList<>();
    private final Leases leases = new Leases(new S3ObjectStore(s3.client(), "state"), arn -> {
        asked.add(arn);
        return running.contains(arn);
    });

    /** How the takers find the lease. */
    enum Before {
        ABSENT {
            @Override
            void given(Leases leases) {}
        },
        RELEASED {
            @Override
            void given(Leases leases) {
                leases.release((Acquired) leases.acquire(FLIGHTS, DEAD));
            }
        },
        HELD_BY_A_DEAD_EXECUTION {
            @Override
            void given(Leases leases) {
                leases.acquire(FLIGHTS, DEAD);
            }
        };

        abstract void given(Leases leases);
    }

    @Test
    void leaseOfOnesOwnIsTakenAgainAtOneRequest() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        s3.log().reset();

        Acquired second = (Acquired) leases.acquire(FLIGHTS, ONE, first.version());

        assertThat(s3.log().calls()).hasSize(1);
        assertThat(second.wasHeld()).isTrue();
        assertThat(leases.isHeld(first)).isFalse();
    }

    @Test
    void leaseTakenByAnotherSinceIsNotTakenByItsOldVersion() {
        Acquired first = (Acquired) leases.acquire(FLIGHTS, ONE);
        leases.release(first);
        leases.acquire(FLIGHTS, TWO);

        assertThat(leases.acquire(FLIGHTS, ONE, first.version())).isEqualTo(new Leases.HeldBy(TWO.id()));
    }

    @ParameterizedTest
    @EnumSource
    void leaseWasFreeWhereNobodyHadItSinceItWasSeen(Before before) {
        before.given(leases);
        Leases.Seen seen = leases.see(FLIGHTS);

        Acquired lease = (Acquired) leases.acquire(seen, ONE);

        assertThat(lease.wasFree()).isEqualTo(before != Before.HELD_BY_A_DEAD_EXECUTION);
    }

    @Test
    void leaseThatAnotherHadMeanwhileWasNotFree() {
        Leases.Seen seen = leases.see(FLIGHTS);
        leases.release((Acquired) leases.acquire(FLIGHTS, TWO));

        assertThat(((Acquired) leases.acquire(seen, ONE)).wasFree()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void leaseIsTakenWhereNobodyAliveHasIt(Before before) {
        before.given(leases);

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);

        assertThat(holder()).isEqualTo(ONE.id());
        assertThat(stored().path("run").asText()).isEqualTo("one");
        assertThat(s3.keys("state")).containsExactly(KEY);
    }

    @Test
    void runningHolderKeepsItAndNothingIsWritten() {
        leases.acquire(FLIGHTS, ONE);
        s3.log().reset();

        assertThat(leases.acquire(FLIGHTS, TWO)).isEqualTo(new HeldBy(ONE.id()));

        assertThat(s3.log().count("PutObject")).isZero();
        assertThat(holder()).isEqualTo(ONE.id());
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

    @ParameterizedTest
    @EnumSource
    void lostAnswerIsNotTakenForSomebodyElse(Before before) {
        before.given(leases);
        s3.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);
        assertThat(holder()).isEqualTo(ONE.id());
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoTakersExactlyOneWinsWhereverTheyMeet(Before before) {
        for (String operation : List.of("GetObject", "PutObject")) {
            for (Moment moment : Moment.values()) {
                LeasesTest test = new LeasesTest();
                before.given(test.leases);
                List<Acquisition> second = new ArrayList<>();
                Runnable meanwhile = () -> second.add(test.leases.acquire(FLIGHTS, TWO));
                FaultRule meeting = test.s3.faults().on(operation).nth(1);
                if (moment == Moment.BEFORE) {
                    meeting.thenRun(meanwhile);
                } else {
                    meeting.thenRunAfter(meanwhile);
                }

                Acquisition first = test.leases.acquire(FLIGHTS, ONE);

                boolean firstWins = first instanceof Acquired;
                assertThat(List.of(first, second.get(0)))
                        .as("%s %s", moment, operation)
                        .filteredOn(Acquired.class::isInstance)
                        .hasSize(1);
                assertThat(firstWins ? second.get(0) : first)
                        .isEqualTo(new HeldBy(firstWins ? ONE.id() : TWO.id()))
                        .isEqualTo(new HeldBy(test.holder()));
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
        assertThat(holder()).isEqualTo(DEAD.id());
    }

    @Test
    void leaseThatIsDeletedMeanwhileIsTakenAnew() {
        leases.acquire(FLIGHTS, DEAD);
        s3.faults().on("PutObject").nth(1).thenRun(() -> s3.delete("state", KEY));

        assertThat(leases.acquire(FLIGHTS, ONE)).isInstanceOf(Acquired.class);
        assertThat(holder()).isEqualTo(ONE.id());
    }

    @Test
    void conflictsWithoutEndAreThrownAndNamed() {
        AtomicInteger others = new AtomicInteger();
        s3.faults()
                .on("PutObject")
                .thenRun(() -> s3.put(
                        "state",
                        KEY,
                        "{\"version\":1,\"run\":\"r\",\"acquisition\":\"" + others.incrementAndGet() + "\"}"));

        assertThatThrownBy(() -> leases.acquire(FLIGHTS, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("s3://state/" + KEY, "20 times", "run the execution again");
    }

    @Test
    void leaseThatCannotBeReadIsNamedAndNotReplaced() {
        s3.put("state", KEY, "{\"version\":1,");

        assertThatThrownBy(() -> leases.acquire(FLIGHTS, ONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/" + KEY + " cannot be read");
        assertThat(s3.log().count("PutObject")).isZero();
    }

    @Test
    void releasedLeaseNamesNoHolder() {
        leases.release(acquired(ONE));

        assertThat(stored().has("holder")).isFalse();
        assertThat(stored().path("run").asText()).isEqualTo("one");
        assertThat(s3.log().count("DeleteObject")).isZero();
    }

    @Test
    void whatAnotherExecutionHasTakenSinceIsNotReleased() {
        Acquired lost = acquired(ONE);
        running.remove(ONE.id());
        leases.acquire(FLIGHTS, TWO);

        leases.release(lost);

        assertThat(holder()).isEqualTo(TWO.id());
    }

    @Test
    void whatAnotherExecutionTakesInTheMiddleIsNotReleased() {
        Acquired lost = acquired(ONE);
        running.remove(ONE.id());
        s3.log().reset();
        s3.faults()
                .on("PutObject")
                .where(call -> holder().equals(ONE.id()))
                .first(1)
                .thenRun(() -> s3.put(
                        "state",
                        KEY,
                        "{\"version\":1,\"holder\":\"" + TWO.id() + "\",\"run\":\"two\",\"acquisition\":\"x\"}"));

        leases.release(lost);

        assertThat(holder()).isEqualTo(TWO.id());
    }

    /** An invocation that everybody took for dead ends late, while the one in its place is working. */
    @Test
    void whatTheSameExecutionHasTakenAgainIsNotReleased() {
        Acquired earlier = acquired(ONE);
        leases.acquire(FLIGHTS, ONE);

        leases.release(earlier);

        assertThat(holder()).isEqualTo(ONE.id());
    }

    @Test
    void releaseWhoseAnswerIsLostIsARelease() {
        Acquired lease = acquired(ONE);
        s3.faults().on("PutObject").first(1).thenDropAfter();

        leases.release(lease);

        assertThat(stored().has("holder")).isFalse();
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

    private String holder() {
        return stored().path("holder").asText();
    }

    private JsonNode stored() {
        return Json.read(s3.text("state", KEY).orElseThrow(), JsonNode.class, "the lease");
    }

    private static Execution execution(String name) {
        return new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:" + name,
                name,
                Json.documents().createObjectNode(),
                Optional.empty(),
                OptionalInt.of(0));
    }
}
