package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.fakes.Fault;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An execution is redriven after a later run has found other data in its partitions: what that run has found stands.
 */
class OvertakenPassTest {

    private final RunFixture fixture = new RunFixture().createTable();

    /** The results of the first pass wait for their registration while the later run fails one of the partitions. */
    @Test
    void resultThatWaitsForItsRegistrationIsMadeAgain() {
        held(hour(1));
        later(hour(1)).failing(0).register();

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);
        again(hour(1)).failing(0).register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(outstanding()).containsExactly(hour(1));
        assertThat(isRegistered(hour(1))).isFalse();
    }

    @Test
    void resultThatWaitsForItsRegistrationIsMadeAgainIfItsDataIsGone() {
        held(hour(1));
        later(hour(1)).result(gone(hour(1))).register();

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);
        again(hour(1)).result(gone(hour(1))).register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(isRegistered(hour(1))).isFalse();
    }

    @Test
    void resultThatWaitsForItsRegistrationIsRegisteredIfNoOtherRunHasChangedTheTable() {
        held(hour(1));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isZero();
        again().register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(isRegistered(hour(1))).isTrue();
    }

    /** Otherwise it would count as registered by the run, and its bad records as those that readers miss. */
    @Test
    void resultThatCouldNotBeRegisteredIsNotUsedAfterALaterRunHasMadeItAgain() {
        held(hour(1));
        later(hour(1)).register();

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isZero();
        again().register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.report(RUN).counts().registered()).isEqualTo(2);
        assertThat(outstanding()).isEmpty();
    }

    @Test
    void resultThatCouldNotBeRegisteredIsNotUsedAfterSomebodyHasRegisteredAnother() {
        held(hour(1));
        fixture.others.registerAt("s3://lake/mended/", hour(1));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isZero();
        again().register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.report(RUN).counts().registered()).isEqualTo(2);
        assertThat(fixture.aws.glue().locations("analytics", "flights"))
                .containsEntry(hour(1).values().values(), "s3://lake/mended/");
    }

    @Test
    void resultsOfAPassWhoseRegistrationFailedAreNotUsedAfterALaterRun() {
        Pass old = first(3);
        unregistered(old);
        later(hour(1), hour(2)).failing(0).register();

        old.register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(outstanding()).containsExactlyInAnyOrder(hour(0), hour(1));
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::failure)
                .satisfiesExactlyInAnyOrder(
                        outdated -> {
                            assertThat(outdated.error()).isEqualTo(FailureCode.OUTDATED.word());
                            assertThat(outdated.message()).startsWith("run " + LATER_RUN + " has changed the table");
                        },
                        found -> assertThat(found.error()).isEqualTo(FailureCode.TRUNCATED.word()));
        assertThat(isRegistered(hour(0))).isFalse();
        assertThat(isRegistered(hour(1))).isFalse();
        assertThat(isRegistered(hour(2))).isTrue();
    }

    @Test
    void outdatedResultsAreProcessedAgainByARedrive() {
        Pass old = first(2);
        unregistered(old);
        later(hour(1)).failing(0).register();
        old.register();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(2);
        again(hour(0), hour(1)).register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(outstanding()).isEmpty();
    }

    @Test
    void partitionThatWasEmptyStaysOutstandingIfALaterRunHasFailedIt() {
        Pass old = first(2).result(new BatchResult(1, List.of(none(hour(1), false))));
        unregistered(old);
        later(hour(1)).failing(0).register();

        old.register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(outstanding()).contains(hour(1));
    }

    /**
     * The first invocation has recorded that its results are outdated; the second finds the record changed by itself.
     */
    @Test
    void repeatedInvocationDoesNotUseThemEither() {
        Pass old = first(2);
        unregistered(old);
        later(hour(1)).failing(0).register();
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("/report"))
                .first(20)
                .thenFail(500, "InternalError", "not now");
        assertThat(catchThrowable(old::register)).isNotNull();
        fixture.aws.faults().clear();

        old.register();

        assertThat(isRegistered(hour(0))).isFalse();
        assertThat(isRegistered(hour(1))).isFalse();
        assertThat(outstanding()).containsExactlyInAnyOrder(hour(0), hour(1));
    }

    /** The other run came before the redrive, whose data is newer. */
    @Test
    void repeatedInvocationOfARedrivenPassUsesItsResults() {
        first(2).failing(1).register();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        later(hour(1)).failing(0).register();
        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);
        fixture.folder(RUN).writeResult(1, new BatchResult(0, List.of(Pass.sound(hour(1)))));
        JsonNode receipts = RunFixture.json("[{\"batch\":0,\"ok\":1,\"failed\":0}]");
        fixture.aws.faults().on("BatchCreatePartition").first(1).thenFail(400, "AccessDeniedException", "no");
        fixture.aws.faults().on("GetTable").first(1).thenFail(400, "AccessDeniedException", "no");
        assertThat(catchThrowable(() -> fixture.register(RUN, 1, receipts))).isNotNull();
        fixture.aws.faults().clear();

        assertThat(fixture.register(RUN, 1, receipts).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(outstanding()).isEmpty();
        assertThat(isRegistered(hour(1))).isTrue();
    }

    @Test
    void failureFromBeforeThePassIsHealedByItsResultOfARegisteredPartition() {
        first(2).register();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.pass(new RunId("nightly-0"), 0, hour(1))
                .sawTheTable()
                .failing(0)
                .register();
        fixture.clock.advance(Duration.ofMinutes(1));
        Pass retried = fixture.pass(new RunId("nightly-3"), 0, hour(1)).sawTheTable();
        unregistered(retried);
        later(hour(0)).register();

        retried.register();

        assertThat(outstanding()).isEmpty();
    }

    /** A run that began before, and has made the partition since, takes what lies beside its own for superseded. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesAreMadeAgainIfAnotherRunHasRegisteredThePartition(boolean isMade) {
        first(1).register();
        Pass other = later(hour(0));
        fixture.clock.advance(Duration.ofMinutes(1));
        PartitionResult result = isMade ? Pass.lacking(hour(0), 0) : Pass.sound(hour(0));
        Pass pass = fixture.pass(new RunId("nightly-3"), 0, hour(0))
                .sawTheTable()
                .result(new BatchResult(0, List.of(result)));
        unregistered(pass);
        other.register();

        pass.register();

        assertThat(fixture.record().outstanding())
                .extracting(one -> one.failure().error())
                .isEqualTo(isMade ? List.of(FailureCode.OUTDATED.word()) : List.of());
    }

    /** Step Functions forgets an execution after 90 days, and its run folder has expired before. */
    @Test
    void nothingIsOutdatedInARunThatHasTheNameOfTheLastOne() {
        fixture.pass(LATER_RUN, 0, hour(0)).register();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.pass(RUN, 0, hour(1)).register();
        fixture.clock.advance(Duration.ofDays(91));
        fixture.aws
                .s3()
                .keys(RunFixture.STATE, "runs/")
                .forEach(key -> fixture.aws.s3().delete(RunFixture.STATE, key));

        assertThat(fixture.pass(RUN, 0, hour(2)).sawTheTable().register().status())
                .isEqualTo(TableStatus.COMPLETE);
        assertThat(isRegistered(hour(2))).isTrue();
    }

    /** The run registers all partitions but one, and is held. */
    private void held(Partition refused) {
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(refused.values().values(), new Fault.Fail(400, "InternalServiceException", "not now"));
        first(3).register();
        fixture.aws.faults().clear();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
    }

    private Pass first(int partitions) {
        return fixture.pass(RUN, 0, hours(partitions)).sawTheTable();
    }

    /** The pass fails as a whole before it registers anything. */
    private void unregistered(Pass pass) {
        fixture.aws.faults().on("GetTable").first(1).thenFail(400, "AccessDeniedException", "no");
        assertThat(catchThrowable(pass::register)).isNotNull();
        fixture.aws.faults().clear();
    }

    private Pass later(Partition... partitions) {
        fixture.clock.advance(Duration.ofMinutes(1));
        return fixture.pass(LATER_RUN, 0, List.of(partitions)).sawTheTable();
    }

    private Pass again(Partition... partitions) {
        fixture.clock.advance(Duration.ofMinutes(1));
        return fixture.pass(RUN, 1, List.of(partitions));
    }

    private static BatchResult gone(Partition partition) {
        return new BatchResult(0, List.of(none(partition, true)));
    }

    private static PartitionResult none(Partition partition, boolean gone) {
        return new PartitionResult.Skipped(partition, "nothing lies there", gone);
    }

    private List<Partition> outstanding() {
        return fixture.record().outstanding().stream()
                .map(OutstandingFailure::partition)
                .toList();
    }

    private boolean isRegistered(Partition partition) {
        return !fixture.catalog
                .find(RunFixture.DEFINITION, List.of(partition.values()))
                .isEmpty();
    }
}
