package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.execution;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.lease.ExecutionEndedException;
import io.fanin.core.lease.Leases;
import io.fanin.fakes.Call;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A table is changed by one run at a time. */
class TableCreatorLeaseTest {

    private static final String LEASE = "tables/analytics/flights/lease.json";
    private static final Execution THIS = execution(RUN, OptionalInt.of(0));
    private static final Execution OTHER = execution(LATER_RUN, OptionalInt.of(0));

    private final RunFixture fixture = new RunFixture();

    @Test
    void leaseIsReleasedWhenTheReportIsWritten() {
        fixture.leases.acquire(FLIGHTS, THIS);
        Pass pass = fixture.pass(RUN, 0, hours(3));
        fixture.aws.log().reset();

        pass.register();

        assertThat(writes())
                .startsWith("PutObject " + LEASE)
                .containsSubsequence(
                        "PutObject runs/nightly-1/pass-0/report.json",
                        "PutObject runs/nightly-1/report.json",
                        "PutObject " + LEASE,
                        "PutObject tables/analytics/flights/calendar.json");
        assertThat(holder()).isEmpty();
    }

    @Test
    void tableThatAnotherRunWorksOnIsNotTouched() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(3)).failing(1);
        otherRunTakesTheTable();
        fixture.aws.log().reset();

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(TableBusyException.class)
                .hasMessage("Table analytics.flights is busy: the execution " + OTHER.id()
                        + " is working on it, and only one at a time can."
                        + " Nothing was changed: redrive this execution"
                        + " when that one has ended.");

        assertThat(writes()).isEmpty();
        assertThat(fixture.aws.log().calls()).noneMatch(call -> call.service().equals("glue"));
        assertThat(holder()).hasValue(OTHER.id());
    }

    @Test
    void redrivenWhenTheOtherRunHasEndedItRegisters() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(3));
        otherRunTakesTheTable();
        assertThatThrownBy(pass::register).isInstanceOf(TableBusyException.class);
        fixture.running.clear();

        assertThat(pass.register().counts().registered()).isEqualTo(3);
        assertThat(holder()).isEmpty();
    }

    @Test
    void repeatedAfterReleaseItLeavesTheTableAlone() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        TableCreatorAnswer first = pass.register();
        otherRunTakesTheTable();
        fixture.aws.log().reset();

        assertThat(pass.register()).isEqualTo(first);

        assertThat(writes()).as("what is for people alone").allMatch(write -> write.endsWith(".html"));
        assertThat(fixture.aws.log().calls()).noneMatch(call -> call.service().equals("glue"));
        assertThat(holder()).hasValue(OTHER.id());
    }

    /** It took the free lease, did the pass once more, and published its run as the last one. */
    @Test
    void invocationThatOutlivesItsExecutionDoesNotTakeTheLease() {
        Pass pass = detectedPass();
        afterItsRecordIsRead(() -> {
            pass.register();
            fixture.pass(LATER_RUN, 0, hours(2)).register();
            fixture.ended.add(RUN);
            fixture.aws.log().reset();
        });

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(ExecutionEndedException.class)
                .hasMessageContainingAll("analytics.flights", THIS.id(), "has ended");
        assertThat(writes()).as("beside the refused put").containsExactly("PutObject " + LEASE);
        assertThat(holder()).isEmpty();
        assertThat(fixture.parameters())
                .containsEntry("fanin.run", fixture.folder(LATER_RUN).uri());
    }

    @Test
    void invocationThatComesAfterItsRepetitionAnswersFromTheReport() {
        Pass pass = detectedPass();
        List<TableCreatorAnswer> first = new ArrayList<>();
        afterItsRecordIsRead(() -> {
            first.add(pass.register());
            fixture.aws.log().reset();
        });

        assertThat(List.of(pass.register())).isEqualTo(first);
        assertThat(fixture.aws.log().calls()).noneMatch(call -> call.service().equals("glue"));
        assertThat(holder()).isEmpty();
    }

    /** A second pass of the same execution has changed the record since it was read. */
    @Test
    void invocationThatComesAfterALaterPassLeavesItTheLease() {
        Pass pass = detectedPass().failing(1);
        afterItsRecordIsRead(() -> {
            pass.register();
            assertThatThrownBy(() -> hold(0)).isInstanceOf(TablePartialException.class);
            hold(1);
            fixture.aws.log().reset();
        });

        assertThat(pass.register().counts().outstanding()).isEqualTo(1);
        assertThat(fixture.aws.log().calls()).noneMatch(call -> call.service().equals("glue"));
        assertThat(holder()).hasValue(THIS.id());
    }

    private Pass detectedPass() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(3));
        String saw = "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[],\"tableCreated\":%s}"
                .formatted(Json.text(fixture.created()));
        fixture.starts.beginLeased(RUN, Json.read(saw, DetectionReport.class, "detection"));
        return pass;
    }

    /** Its caller has given it up by then: others do this before it goes on. */
    private void afterItsRecordIsRead(Runnable others) {
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("/state.json"))
                .first(1)
                .thenRunAfter(others);
    }

    @Test
    void leaseThatCannotBeGivenBackFailsNothing() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith(LEASE))
                .nth(2)
                .thenFail(403, "AccessDenied", "not now");

        assertThat(fixture.pass(RUN, 0, hours(3)).register().counts().registered())
                .isEqualTo(3);

        assertThat(holder()).hasValue(THIS.id());
        assertThat(fixture.leases.acquire(FLIGHTS, OTHER)).isInstanceOf(Leases.Acquired.class);
    }

    @Test
    void gateHoldsWithoutTheLease() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
        otherRunTakesTheTable();

        assertThatThrownBy(() -> hold(0)).isExactlyInstanceOf(TablePartialException.class);
        assertThat(holder()).hasValue(OTHER.id());
    }

    @Test
    void redriveTakesTheLease() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
        assertThatThrownBy(() -> hold(0)).isInstanceOf(TablePartialException.class);

        hold(1);

        assertThat(holder()).hasValue(THIS.id());
    }

    @Test
    void redriveOfABusyTableFailsAndCanBeRepeated() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();
        assertThatThrownBy(() -> hold(0)).isInstanceOf(TablePartialException.class);
        otherRunTakesTheTable();
        fixture.aws.log().reset();

        assertThatThrownBy(() -> hold(1))
                .isExactlyInstanceOf(TableBusyException.class)
                .hasMessageContainingAll("analytics.flights", OTHER.id());
        assertThat(writes()).as("beside the refused put of the marker").containsExactly(marker());
        fixture.running.clear();

        GateAnswer answer = hold(2);

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(answer.partitions()).isEqualTo(1);
        assertThat(fixture.pass(RUN, 1, hour(1)).register().counts().outstanding())
                .isZero();
    }

    private GateAnswer hold(int redriveCount) {
        return fixture.hold(RUN, 0, OptionalInt.of(redriveCount));
    }

    private void otherRunTakesTheTable() {
        fixture.running.add(OTHER.id());
        assertThat(fixture.leases.acquire(FLIGHTS, OTHER)).isInstanceOf(Leases.Acquired.class);
    }

    private Optional<String> holder() {
        return fixture.aws
                .s3()
                .text(RunFixture.STATE, LEASE)
                .map(RunFixture::json)
                .map(lease -> lease.path("holder").textValue());
    }

    private static String marker() {
        return "PutObject runs/nightly-1/pass-0/held.json";
    }

    private List<String> writes() {
        return fixture.aws.log().calls("PutObject").stream()
                .map(Call::target)
                .map(target -> "PutObject " + target.substring(RunFixture.STATE.length() + 1))
                .toList();
    }
}
