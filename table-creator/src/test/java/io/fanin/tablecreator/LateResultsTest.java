package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.SpecException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions that come to an end after later ones, such as when they are redriven: what was read last counts. */
class LateResultsTest {

    private static final RunId FIRST_LOST = new RunId("lost-1");
    private static final RunId SECOND_LOST = new RunId("lost-2");
    private static final RunId WAIVING = new RunId("waiving");

    private final RunFixture fixture = new RunFixture().createTable();

    @BeforeEach
    void theHourIsRegistered() {
        fixture.pass(RUN, 0, hour(0)).sawTheTable().register();
    }

    /** Late data was good twice, in runs that could not register it, and is broken now. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureStandsInWhateverOrderOlderRunsAreRedriven(boolean oldestFirst) {
        Pass first = lost(FIRST_LOST);
        Pass second = lost(SECOND_LOST);
        fails();

        (oldestFirst ? first : second).register();
        assertThat(outstanding()).isEqualTo("nightly-2: Truncated, 1 attempts");
        (oldestFirst ? second : first).register();

        assertThat(outstanding()).isEqualTo("nightly-2: Truncated, 1 attempts");
        assertThat(fixture.parameters()).containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.registeredBy(hour(0))).isEqualTo(RUN.value());
    }

    @Test
    void waiverOfAFailureStandsWhenAnOlderRunIsRedriven() {
        Pass lost = lost(FIRST_LOST);
        fails();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.starts.waiving(WAIVING, hour(0)).sawTheTable().register();

        lost.register();

        assertThat(fixture.record().waived()).hasSize(1);
        assertThat(fixture.registeredBy(hour(0))).isEqualTo(RUN.value());
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.waived", "1");
    }

    /** It had recorded the failure, and died before its report. */
    @Test
    void waiverOfARunsOwnFailureStandsWhenItIsRedriven() {
        Pass died = begun(FIRST_LOST).failing(0);
        fixture.aws.faults().on("UpdateTable").thenFail(400, "AccessDeniedException", "no");
        assertThat(catchThrowable(died::register)).isNotNull();
        fixture.aws.faults().clear();
        assertThat(outstanding()).isEqualTo("lost-1: Truncated, 1 attempts");
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.starts.waiving(WAIVING, hour(0)).sawTheTable().register();

        died.register();

        assertThat(fixture.record().waived()).hasSize(1);
        assertThat(fixture.record().outstanding()).isEmpty();
    }

    /** A run between has registered the hour, whose data was corrected before the batch was processed again. */
    @Test
    void batchThatIsProcessedAgainByARedriveOfTheMapIsReadWhenItIs() {
        Pass redriven = begun(FIRST_LOST);
        later().register();
        fixture.clock.advance(Duration.ofMinutes(1));
        Inventory corrected = new Inventory(1, 99, Optional.empty(), "corrected");
        redriven.result(read(new PartitionResult.Processed(hour(0), corrected, OptionalLong.of(500))));

        redriven.register();

        assertThat(fixture.registeredBy(hour(0))).isEqualTo(FIRST_LOST.value());
        assertThat(fixture.partition(hour(0)).at("/Parameters/numRows").asText())
                .isEqualTo("500");
        assertThat(fixture.partition(hour(0)).at("/Parameters/fanin.as_of").asText())
                .isEqualTo(fixture.clock.instant().toString());
    }

    @Test
    void batchThatFailsWhenTheMapIsRedrivenHasFailed() {
        Pass redriven = begun(FIRST_LOST);
        later().register();
        fixture.clock.advance(Duration.ofMinutes(1));
        redriven.result(read(Pass.failed(hour(0), "Truncated", "object a.json.gz is cut short")));

        assertThat(redriven.register().status()).isEqualTo(TableStatus.PARTIAL);

        assertThat(outstanding()).isEqualTo("lost-1: Truncated, 1 attempts");
        assertThat(fixture.registeredBy(hour(0))).isEqualTo(LATER_RUN.value());
    }

    /** Both have read the same data. */
    @Test
    void onlyWhatTheRunHasRegisteredIsCountedAsThat() {
        Pass lost = lost(FIRST_LOST);
        later().register();

        lost.register();

        assertThat(fixture.registeredBy(hour(0))).isEqualTo(LATER_RUN.value());
        assertThat(fixture.report(FIRST_LOST).counts().registered()).isZero();
        assertThat(fixture.parameters())
                .containsEntry("fanin.registered", "0")
                .containsEntry("fanin.status", "COMPLETE");
    }

    /**
     * Late data of a partition that the run has registered failed in another run, and is good in its second redrive.
     */
    @Test
    void partitionThatARunRegistersAgainCountsOnce() {
        begun(FIRST_LOST).result(read(Pass.sound(hour(0)))).register();
        fixture.pass(FIRST_LOST, 1, hour(1)).register();
        assertThat(fixture.report(FIRST_LOST).counts().registered()).isEqualTo(2);
        fails();

        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.pass(FIRST_LOST, 2, hour(0)).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.report(FIRST_LOST).counts().registered()).isEqualTo(2);
    }

    /** The execution has waived the hour, and failed then. */
    @Test
    void waiverThatWasTakenBackIsNotGivenAgain() {
        fails();
        fixture.clock.advance(Duration.ofMinutes(1));
        Pass waiving = fixture.starts.waiving(WAIVING, hour(0)).sawTheTable();
        fixture.aws.faults().on("UpdateTable").thenFail(400, "AccessDeniedException", "no");
        assertThat(catchThrowable(waiving::register)).isNotNull();
        fixture.aws.faults().clear();
        assertThat(fixture.record().waived()).hasSize(1);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.starts
                .changingWaivers(new RunId("unwaiving"), new WaiverChange(List.of(), List.of(hour(0).values())))
                .sawTheTable()
                .register();

        assertThatThrownBy(waiving::register)
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("run unwaiving has changed the table since")
                .hasMessageContaining("new execution");

        assertThat(fixture.record().waived()).isEmpty();
        assertThat(outstanding()).isEqualTo("nightly-2: Truncated, 0 attempts");
    }

    private Pass begun(RunId run) {
        fixture.clock.advance(Duration.ofMinutes(1));
        return fixture.pass(run, 0, hour(0)).sawTheTable();
    }

    /** Its results are sound, and it fails before it registers anything. */
    private Pass lost(RunId run) {
        Pass pass = begun(run);
        fixture.aws.faults().on("GetTable").first(1).thenFail(400, "AccessDeniedException", "no");
        assertThat(catchThrowable(pass::register)).isNotNull();
        fixture.aws.faults().clear();
        return pass;
    }

    private Pass later() {
        return begun(LATER_RUN);
    }

    private void fails() {
        later().failing(0).register();
    }

    private BatchResult read(PartitionResult result) {
        return new BatchResult(0, List.of(result)).begunAt(fixture.clock.instant());
    }

    private String outstanding() {
        OutstandingFailure one = fixture.record().outstanding().getFirst();
        assertThat(fixture.record().outstanding()).hasSize(1);
        return "%s: %s, %d attempts".formatted(one.run(), one.failure().error(), one.attempts());
    }
}
