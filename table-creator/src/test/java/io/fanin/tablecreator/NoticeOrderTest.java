package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.events.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that overlap, and events of their ends that come late: only a run that was started later ends a failure. */
class NoticeOrderTest {

    private static final String FAILED = "Run of table analytics.flights failed";
    private static final String COMPLETE = "Table analytics.flights is complete";
    private static final Instant TEN = Instant.parse("2013-02-10T10:00:00Z");
    private static final Instant HALF_PAST = TEN.plusSeconds(1800);
    private static final Instant ELEVEN = TEN.plusSeconds(3600);

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void tableIsComplete() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
    }

    @Test
    void successThatIsToldLateEndsNoFailureOfALaterRun() {
        failed("later", HALF_PAST);
        succeeded("earlier", TEN);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);

        succeeded("next", ELEVEN);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED, COMPLETE);
    }

    /** The failed one was refused before it could take the lease. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runThatWasUnderWayWhenAnotherFailedEndsThatFailureNot(boolean isPartial) {
        RunId slow = new RunId("slow");
        fixture.executions.started().put(slow, TEN);
        Pass pass = fixture.pass(slow, 0, hour(4), hour(5));
        failed("refused", HALF_PAST);

        (isPartial ? pass.failing(0) : pass).registerAndTell();

        assertThat(fixture.sent.subjects()).doesNotContain(COMPLETE);
        assertThat(fixture.record().notices().values())
                .allSatisfy(notice -> assertThat(notice.isOfRun()).isTrue());
        failed("refused-again", ELEVEN);
        succeeded("next", ELEVEN.plusSeconds(3600));
        assertThat(fixture.sent.subjects().contains(COMPLETE)).isEqualTo(!isPartial);
    }

    /** It had the same cause. */
    @Test
    void failureThatIsNotToldAgainIsEndedByALaterRunOnly() {
        failed("one", TEN);
        failed("two", ELEVEN);
        succeeded("between", HALF_PAST);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);

        succeeded("next", ELEVEN.plusSeconds(3600));

        assertThat(fixture.sent.subjects()).containsExactly(FAILED, COMPLETE);
    }

    @Test
    void failedRunOfUnknownTimeHidesNoOther() {
        failed("one", ELEVEN);
        ObjectNode unknown = fields("two", "FAILED");
        unknown.remove("startDate");
        fixture.announcements.ended(Ends.read(unknown));
        succeeded("between", HALF_PAST);

        assertThat(fixture.sent.subjects()).doesNotContain(COMPLETE);
    }

    @Test
    void redriveEndsAFailureThatCameBeforeIt() {
        RunId first = new RunId("first");
        fixture.executions.started().put(first, TEN);
        fixture.pass(first, 0, hour(4), hour(5)).failing(0).registerAndTell();
        failed("second", HALF_PAST);
        fixture.clock.advance(Duration.between(fixture.clock.instant(), ELEVEN));

        fixture.pass(first, 1, hour(4)).registerAndTell();

        assertThat(fixture.sent.subjects()).endsWith(FAILED, COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void redriveEndsTheFailureOfItsOwnExecution(boolean isTimeKnown) {
        failed("one", HALF_PAST);

        fixture.announcements.ended(isTimeKnown ? end("one", "SUCCEEDED", HALF_PAST) : ofUnknownTime("other"));

        assertThat(fixture.sent.subjects()).containsExactly(FAILED, COMPLETE);
    }

    /** EventBridge delivers an event late, or twice. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureThatIsToldAfterTheSuccessOfALaterRunIsOver(boolean wasTold) {
        if (wasTold) {
            failed("earlier", TEN);
        }
        fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(new RunId("later"), OptionalInt.empty()));
        described("later", "SUCCEEDED", HALF_PAST);
        succeeded("later", HALF_PAST);
        List<String> before = List.copyOf(fixture.sent.subjects());

        failed("earlier", TEN);

        assertThat(fixture.sent.subjects()).isEqualTo(before);
    }

    @Test
    void failureThatIsToldAfterTheSuccessOfItsOwnRedriveIsOver() {
        fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(new RunId("one"), OptionalInt.empty()));
        described("one", "SUCCEEDED", TEN);

        failed("one", TEN);

        assertThat(fixture.sent.subjects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"later, FAILED, 10:30", "later, RUNNING, 10:30", "earlier, SUCCEEDED, 09:30"})
    void failureIsToldIfTheRunThatHadTheLeaseLastHasNotEndedIt(String name, String status, LocalTime started) {
        fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(new RunId(name), OptionalInt.empty()));
        described(name, status, Instant.parse("2013-02-10T" + started + ":00Z"));

        failed("one", TEN);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);
    }

    /** It has not met the cause. */
    @Test
    void executionThatOnlyChangesWaiversEndsNoFailure() {
        fixture.pass(new RunId("partial"), 0, hour(4), hour(5)).failing(0).registerAndTell();
        failed("one", TEN);
        RunId waiving = new RunId("waiving");
        fixture.executions.started().put(waiving, HALF_PAST);
        fixture.starts.waiving(waiving, hour(4)).registerAndTell();
        ObjectNode waived = fields("waiving", "SUCCEEDED");
        waived.put("input", "{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":[]}");
        fixture.announcements.ended(Ends.read(waived));

        assertThat(fixture.sent.subjects()).contains(FAILED).doesNotContain(COMPLETE);

        fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(waiving, OptionalInt.empty()));
        described("waiving", "SUCCEEDED", HALF_PAST);
        failed("late", TEN);
        assertThat(fixture.sent.subjects().getLast()).isEqualTo(FAILED);

        succeeded("next", ELEVEN);

        assertThat(fixture.sent.subjects()).endsWith(COMPLETE);
    }

    /** The damage is what made the run fail, and nothing else tells people. */
    @Test
    void failureIsToldIfTheTablesRecordCannotBeRead() {
        fixture.state.put("tables/analytics/flights/state.json", "{");

        failed("one", TEN);
        failed("two", HALF_PAST);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);
    }

    /** The damage may be what made the run fail. */
    @Test
    void failureIsToldIfTheLeaseCannotBeRead() {
        fixture.state.put("tables/analytics/flights/lease.json", "{");

        failed("one", TEN);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);
    }

    @Test
    void failureIsToldIfNobodyKnowsWhetherItIsOver() {
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("lease.json"))
                .first(99)
                .thenFail(403, "AccessDenied", "Access Denied");

        failed("one", TEN);

        assertThat(fixture.sent.subjects()).containsExactly(FAILED);
    }

    private void described(String name, String status, Instant started) {
        fixture.ends.put(
                Ends.ARN.replace(RUN.value(), name),
                new ExecutionEnd(status, Optional.of(started), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private void failed(String name, Instant started) {
        fixture.announcements.ended(end(name, "FAILED", started));
    }

    private void succeeded(String name, Instant started) {
        fixture.announcements.ended(end(name, "SUCCEEDED", started));
    }

    private static RunEnd ofUnknownTime(String name) {
        ObjectNode end = fields(name, "SUCCEEDED");
        end.remove("startDate");
        return Ends.read(end);
    }

    private static RunEnd end(String name, String status, Instant started) {
        return Ends.read(fields(name, status).put("startDate", started.toEpochMilli()));
    }

    private static ObjectNode fields(String name, String status) {
        boolean isFailed = status.equals("FAILED");
        ObjectNode end = Ends.end(status, isFailed ? ExecutionError.SPEC_REFUSED.className() : null, 0)
                .put("name", name)
                .put("executionArn", Ends.ARN.replace(RUN.value(), name))
                .put("input", "{\"database\":\"analytics\",\"table\":\"flights\"}");
        return isFailed ? end : end.put("output", "{\"table\":\"analytics.flights\",\"next\":\"NOTHING_NEW\"}");
    }
}
