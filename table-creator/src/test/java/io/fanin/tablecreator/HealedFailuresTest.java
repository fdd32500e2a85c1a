package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registrations that heal a failure, and those that do not. */
class HealedFailuresTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void redriveThatHealsEverythingCountsBothPasses() {
        fixture.pass(RUN, 0, hours(24)).failing(17).register();

        TableCreatorAnswer answer = fixture.pass(RUN, 1, hour(17)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(24);
        assertThat(answer.counts().failed()).isZero();
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.registered", "24")
                .containsEntry("fanin.failed", "0")
                .doesNotContainKey("fanin.failed.sample");
    }

    @Test
    void failureThatALaterRunHealsIsForgotten() {
        fixture.pass(RUN, 0, hours(2)).failing(0, 1).register();

        TableCreatorAnswer answer =
                fixture.pass(LATER_RUN, 0, hour(0), hour(1), hour(2)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(valuesOf(hours(3)));
    }

    /** The key is an int: hour=07 and hour=7 are one partition. */
    @Test
    void failureRegisteredInAnotherFormIsForgotten() {
        Partition padded = new Partition(PartitionValues.of("2013-02-08", "07"), "flights/dt=2013-02-08/hour=07/");
        fixture.pass(RUN, 0, padded).failing(0).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(7)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    /** Its execution was stopped, and another one has found the data broken meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureIsNotHealedByAnInvocationThatGoesOnWithWhatItReadBefore(boolean isRegisteredAlready) {
        fixture.createTable();
        if (isRegisteredAlready) {
            fixture.pass(new RunId("first"), 0, hour(1)).register();
            fixture.clock.advance(Duration.ofMinutes(1));
        }
        Pass stopped = fixture.pass(RUN, 0, hours(3));
        fixture.aws.faults().on("BatchCreatePartition").first(1).thenRun(() -> {
            fixture.ended.add(RUN);
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.pass(LATER_RUN, 0, hours(3)).failing(1).register();
        });

        assertThatThrownBy(stopped::register).isInstanceOf(TableBusyException.class);

        assertThat(fixture.partition(hour(1)).at("/Parameters/fanin.run").asText())
                .contains(RUN.value());
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.pass(new RunId("third"), 0, hour(5)).register();
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::values)
                .containsExactly(hour(1).values());
        assertThat(fixture.parameters()).containsEntry("fanin.status", "PARTIAL");
        assertThatThrownBy(() -> fixture.hold(LATER_RUN, 0, OptionalInt.of(0)))
                .isInstanceOf(TablePartialException.class);
        assertThat(fixture.hold(LATER_RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);
    }

    @Test
    void failureThatAnotherToolHasHealedIsForgotten() {
        fixture.pass(RUN, 0, hours(3)).failing(0, 1).register();
        fixture.others.register(hour(0));

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(5)).register();

        assertThat(answer.counts().outstanding()).isEqualTo(1);
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::partition)
                .containsExactly(hour(1));
    }

    /** As it is when data came late: that the partition is there says nothing of its new data. */
    @Test
    void registeredPartitionThatFailsNeedsAnotherRun() {
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.pass(LATER_RUN, 0, hour(1)).failing(0).register();
        assertThat(fixture.record().outstanding())
                .extracting(
                        OutstandingFailure::partition,
                        failure -> failure.standing().registeredBy())
                .containsExactly(tuple(hour(1), Optional.of("s3://state/runs/nightly-1/")));

        assertThat(fixture.pass(new RunId("nightly-3"), 0, hour(5))
                        .register()
                        .counts()
                        .outstanding())
                .isEqualTo(1);
        fixture.others.registerUnder("s3://state/runs/nightly-4/", hour(1));

        assertThat(fixture.pass(new RunId("nightly-5"), 0, hour(6)).register().status())
                .isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void registeredPartitionThatFailsIsHealedByTheRunThatRegistersIt() {
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.pass(LATER_RUN, 0, hour(1)).failing(0).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 1, hour(1)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
    }

    @Test
    void anotherToolsRegistrationDoesNotHealAFailure() {
        fixture.createTable().others.register(hour(1));
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.others.register(hour(1));
        assertThat(fixture.record().outstanding())
                .extracting(failure -> failure.standing().registeredBy())
                .containsExactly(Optional.of(""));

        assertThat(fixture.pass(LATER_RUN, 0, hour(5)).register().counts().outstanding())
                .isEqualTo(1);
        fixture.others.registerUnder("s3://state/runs/nightly-3/", hour(1));

        assertThat(fixture.pass(LATER_RUN, 1, List.of()).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** A good copy was put there. */
    @Test
    void anotherFolderOfAnotherToolHealsWhatFailedInItsOldOne() {
        fixture.createTable().others.registerAt("s3://lake/flights/dt=2013-02-08/hour=1", hour(1));
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.others.registerAt("s3://lake/flights/dt=2013-02-08/hour=1/", hour(1));
        assertThat(fixture.pass(LATER_RUN, 0, hour(5)).register().counts().outstanding())
                .isEqualTo(1);

        fixture.others.registerAt("s3://lake/repaired/1/", hour(1));

        assertThat(fixture.pass(LATER_RUN, 1, List.of()).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** The run has found the bad copy once more. */
    @Test
    void folderThatIsRegisteredWhileARunRetriesTheOldOneHeals() {
        fixture.createTable().others.register(hour(1));
        Pass pass = fixture.pass(RUN, 0, hours(2)).failing(1);
        fixture.others.registerAt("s3://lake/repaired/1/", hour(1));
        pass.register();

        assertThat(fixture.pass(LATER_RUN, 0, hour(5)).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** Another tool has it in an archive since the run began: readers keep those rows, and the report says so. */
    @Test
    void partitionThatIsRegisteredElsewhereMeanwhileIsLeft() {
        fixture.createTable();
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.others.registerAt("s3://archive/1/", hour(1));

        TableCreatorAnswer answer = pass.register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(1);
        assertThat(fixture.aws.glue().locations("analytics", "flights"))
                .containsEntry(hour(1).values().values(), "s3://archive/1/");
        assertThat(fixture.report(RUN).skipped().sample())
                .singleElement()
                .satisfies(one -> assertThat(one.detail())
                        .isEqualTo(
                                "another tool has registered it since the run began, with the location s3://archive/1/,"
                                        + " which is what readers read: drop that in the catalog if it is wrong"));
    }

    @Test
    void refusedUpdateOfARegistrationHealsNothing() {
        fixture.pass(RUN, 0, hours(2)).register();
        fixture.aws
                .faults()
                .on("BatchUpdatePartition")
                .thenFailEntry(hour(1).values().values(), new Fault.Fail(400, "InvalidInputException", "no"));

        fixture.pass(LATER_RUN, 0, hour(1)).register();

        assertThat(fixture.record().outstanding())
                .extracting(failure -> failure.standing().registeredBy())
                .containsExactly(Optional.of("s3://state/runs/nightly-1/"));
        assertThat(fixture.pass(new RunId("nightly-3"), 0, hour(5))
                        .register()
                        .counts()
                        .outstanding())
                .isEqualTo(1);
    }
}
