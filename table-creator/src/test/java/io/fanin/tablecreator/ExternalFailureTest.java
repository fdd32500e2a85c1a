package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that are not caused by the partition. */
class ExternalFailureTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void partitionsThatGlueThrottlesInEveryRunAreNotSetAside() {
        throttle(hours(6));

        pass(RUN, hours(6)).register();
        pass(LATER_RUN, hours(6)).register();

        assertThat(fixture.report(LATER_RUN).failures())
                .hasSize(6)
                .extracting(Outstanding::attempts, Outstanding::setAside)
                .containsOnly(tuple(0, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sandbox.Timedout", "Lambda.TooManyRequestsException", "Runtime.ExitError"})
    void lostProcessorIsNoAttemptOfItsPartitions(String error) {
        pass(RUN, List.of(hour(1))).lost(0, error).register();
        pass(LATER_RUN, List.of(hour(1))).lost(0, error).register();

        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::attempts)
                .containsExactly(0);
    }

    @Test
    void valueThatGlueNeverTakesIsAnAttempt() {
        fixture.createTable()
                .aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(
                        hour(1).values().values(), new Fault.Fail(400, "InvalidInputException", "it is refused"));

        pass(RUN, List.of(hour(1))).register();

        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::attempts)
                .containsExactly(1);
    }

    @Test
    void attemptsOfThePartitionItselfAreKeptBesideOthers() {
        pass(RUN, List.of(hour(1))).failing(0).register();
        pass(LATER_RUN, List.of(hour(1))).lost(0, "Sandbox.Timedout").register();

        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::attempts)
                .containsExactly(1);
    }

    @Test
    void redriveOnlyRegistersWhatWasProcessedWell() {
        throttle(List.of(hour(1), hour(2)));
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.aws.faults().clear();

        GateAnswer answer = redrive();

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(fixture.register(RUN, 1, RunFixture.json("[]")))
                .extracting(TableCreatorAnswer::status, each -> each.counts().registered())
                .containsExactly(TableStatus.COMPLETE, 3L);
        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(RunFixture.valuesOf(hours(3)));
    }

    @Test
    void redriveProcessesWhatFailedAndRegistersTheRest() {
        throttle(List.of(hour(1)));
        fixture.pass(RUN, 0, hours(4)).failing(3).register();
        fixture.aws.faults().clear();

        redrive();

        List<Partition> manifest = new ArrayList<>();
        fixture.folder(RUN).readManifest(1, batch -> manifest.addAll(batch.partitions()));
        assertThat(manifest).containsExactly(hour(3));
        assertThat(fixture.pass(RUN, 1, hour(3)).register().counts().registered())
                .isEqualTo(4);
    }

    @Test
    void whatIsThrottledInEveryPassIsRegisteredInTheLast() {
        throttle(List.of(hour(1)));
        fixture.pass(RUN, 0, hours(2)).register();
        redrive();
        fixture.register(RUN, 1, RunFixture.json("[]"));
        fixture.aws.faults().clear();
        assertThatThrownBy(() -> fixture.hold(RUN, 1, OptionalInt.of(1)))
                .isExactlyInstanceOf(TablePartialException.class);

        assertThat(fixture.hold(RUN, 1, OptionalInt.of(2)).next()).isEqualTo(NextStep.REGISTER);

        assertThat(fixture.register(RUN, 2, RunFixture.json("[]")).status()).isEqualTo(TableStatus.COMPLETE);
    }

    private GateAnswer redrive() {
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0)))
                .isExactlyInstanceOf(TablePartialException.class);
        return fixture.hold(RUN, 0, OptionalInt.of(1));
    }

    private void throttle(List<Partition> partitions) {
        partitions.forEach(partition -> fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(partition.values().values(), Fault.throttling()));
    }

    private Pass pass(RunId run, List<Partition> partitions) {
        return fixture.passOfTwoAttempts(run, partitions);
    }
}
