package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.LEASE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.execution;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.lease.Leases;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run for a table at a time. */
class DetectorLeaseTest {

    private static final String RANGE = ", 'detection': {'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09'}";
    private static final String NAMED =
            ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2013-02-08/hour=17']}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void runThatHasWorkKeepsTheLease() {
        fixture.data("dt=2013-02-08/hour=17");

        fixture.detect(COMPLETE);

        assertThat(holder()).hasValue("arn:r1");
    }

    @Test
    void runThatHasNothingNewGivesItBack() {
        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);

        assertThat(holder()).isEmpty();
    }

    @Test
    void runThatOnlySetsFlagsRightKeepsIt() {
        fixture.table("")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .registered("2013-02-08", "17");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);

        assertThat(holder()).hasValue("arn:r1");
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPLETE, "'redriveOf': 'r0'", COMPLETE + RANGE, COMPLETE + NAMED})
    void tableThatAnotherRunWorksOnIsBusyAndNothingIsWritten(String input) {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + "}"));
        fixture.running.add("arn:r0");
        fixture.quiet();

        DetectorAnswer answer = fixture.detect(input);

        assertThat(Json.text(answer))
                .isEqualTo(
                        "{\"run\":\"r1\",\"pass\":0,\"table\":\"analytics.flights\",\"next\":\"BUSY\","
                                + "\"manifest\":\"runs/r1/pass-0/manifest.json\",\"partitions\":0,\"batches\":0,\"reasons\":{},\"found\":0,"
                                + "\"waiting\":0,\"setAside\":0,\"missing\":0,\"skipped\":0,\"receipts\":[],\"holder\":\"arn:r0\"}");
        assertThat(fixture.writes()).isEmpty();
        assertThat(fixture.listed()).isEmpty();
        assertThat(holder()).hasValue("arn:r0");
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPLETE, "'redriveOf': 'r0'", COMPLETE + RANGE, COMPLETE + NAMED})
    void dryRunNeitherTakesTheLeaseNorWaitsForIt(String input) {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + "}"));
        fixture.running.add("arn:r0");
        fixture.quiet();

        DetectorAnswer answer = fixture.detect(input + ", 'dryRun': true");

        assertThat(answer.next()).isEqualTo(NextStep.PLANNED);
        assertThat(fixture.writes()).containsExactly("PutObject state/runs/r1/plan.json");
        assertThat(holder()).hasValue("arn:r0");
    }

    @Test
    void runThatHasEndedIsNotWaitedFor() {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + "}"));

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.PROCESS);
        assertThat(holder()).hasValue("arn:r1");
    }

    /** Partitions that the other run registered before it released the lease are not processed again. */
    @Test
    void tableThatTheOtherRunHasCreatedIsFoundUnderTheLease() {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(LEASE))
                .first(1)
                .thenRun(() -> {
                    fixture.catalog.createTableIfAbsent(
                            DetectorFixture.resolved(COMPLETE + ", 'layout': 'hive'")
                                    .definition(),
                            Map.of());
                    fixture.registered("2013-02-08", "17");
                });

        assertThat(fixture.detect(COMPLETE).partitions()).isZero();
    }

    @Test
    void invokedAgainItTakesTheLeaseAgain() {
        fixture.data("dt=2013-02-08/hour=17");
        DetectorAnswer first = fixture.detect(COMPLETE);
        fixture.aws.s3().delete("state", LEASE);

        assertThat(fixture.detect(COMPLETE)).isEqualTo(first);
        assertThat(holder()).hasValue("arn:r1");
    }

    /** A success could not be redriven, and what the run has begun would never be done. */
    @Test
    void invokedAgainAfterAnotherRunHasTakenTheTableItFails() {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect(COMPLETE);
        takenByAnother();
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detect(COMPLETE))
                .isExactlyInstanceOf(RedrivenWhileBusyException.class)
                .hasMessageContainingAll("analytics.flights", "arn:r2", "redrive");
        assertThat(fixture.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPLETE, "'redriveOf': 'r0'", COMPLETE + RANGE, COMPLETE + NAMED})
    void redrivenWhileAnotherRunWorksOnTheTableItFails(String input) {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + "}"));
        takenByAnother();
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detector.detect(redriven(input)))
                .isExactlyInstanceOf(RedrivenWhileBusyException.class);
        assertThat(fixture.writes()).isEmpty();
        assertThat(holder()).hasValue("arn:r2");
    }

    @Test
    void redrivenOnceMoreItDoesWhatItHasBegun() {
        fixture.data("dt=2013-02-08/hour=17");
        DetectorAnswer first = fixture.detect(COMPLETE + NAMED);
        takenByAnother();
        assertThatThrownBy(() -> fixture.detector.detect(redriven(COMPLETE + NAMED)))
                .isExactlyInstanceOf(RedrivenWhileBusyException.class);

        fixture.running.clear();

        assertThat(fixture.detector.detect(redriven(COMPLETE + NAMED))).isEqualTo(first);
        assertThat(holder()).hasValue("arn:r1");
    }

    private void takenByAnother() {
        fixture.running.add("arn:r2");
        fixture.leases.acquire(FLIGHTS, execution("r2", json("{}")));
    }

    private static Execution redriven(String fields) {
        return new Execution(
                "arn:r1", "r1", json("{" + fields + "}"), Optional.of("2013-02-09T10:00:00Z"), OptionalInt.of(1));
    }

    @Test
    void leaseThatCannotBeGivenBackFailsNothing() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith(LEASE))
                .nth(2)
                .thenFail(403, "AccessDenied", "not now");

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.leases.acquire(FLIGHTS, execution("r2", json("{}")))).isInstanceOf(Leases.Acquired.class);
    }

    private Optional<String> holder() {
        return fixture.stored(LEASE)
                .map(DetectorFixture::json)
                .map(lease -> lease.path("holder").textValue());
    }
}
