package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of a run that are registered only after a later run has read newer data. */
class OldResultsTest {

    private final RunFixture fixture = new RunFixture().createTable();

    @Test
    void healedFailureDoesNotFlagTheTable() {
        Pass old = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass(LATER_RUN, hours(3), 1).register();

        TableCreatorAnswer answer = old.register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().failed()).isZero();
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void failureOfWhatAnEarlierRunHadRegisteredStands() {
        pass(LATER_RUN, hours(3), 1).register();
        Pass newer = pass(RUN, hours(3), 1).failing(1);

        assertThat(newer.register().status()).isEqualTo(TableStatus.PARTIAL);
    }

    @Test
    void parametersOfAPartitionAreNotPutBack() {
        Pass old = pass(RUN, hours(2), 1);
        pass(LATER_RUN, hours(2), 2).register();

        old.register();

        assertThat(fixture.partition(hour(1)).at("/Parameters/numFiles").asText())
                .isEqualTo("2");
        assertThat(fixture.partition(hour(1)).at("/Parameters/fanin.run").asText())
                .endsWith("/" + LATER_RUN + "/");
    }

    @Test
    void laterRunReplacesWhatAnEarlierOneHasRegistered() {
        pass(RUN, hours(2), 2).register();

        pass(LATER_RUN, hours(2), 1).register();

        assertThat(fixture.partition(hour(1)).at("/Parameters/numFiles").asText())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetTable", "UpdateTable", "BatchCreatePartition", "BatchGetPartition"})
    void invocationThatWakesAfterALaterRunSaysNothingOfTheTable(String sleepingBefore) {
        Pass old = pass(RUN, hours(3), 1).failing(2);
        Pass later = pass(LATER_RUN, hours(3), 2);
        fixture.aws
                .faults()
                .on(sleepingBefore)
                .first(1)
                .thenRun(() -> later.looked("", "").register());

        assertThatThrownBy(old::register)
                .isExactlyInstanceOf(TableBusyException.class)
                .hasMessageContainingAll("analytics.flights was taken over", RUN.value());

        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.registered", "3")
                .containsEntry("fanin.run", "s3://state/runs/" + LATER_RUN + "/");
        assertThat(fixture.record().changedBy()).contains(LATER_RUN);
        assertThat(fixture.catalog.find(RunFixture.DEFINITION, List.of(hour(0).values())))
                .allSatisfy((values, partition) ->
                        assertThat(partition.run()).hasValue("s3://state/runs/" + LATER_RUN + "/"));
    }

    @Test
    void failureRecordedBeforeTheLeaseWasTakenIsNotForgotten() {
        pass(RUN, hours(3), 1).failing(1).register();
        Pass last = pass(new RunId("nightly-3"), hours(1), 1);
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("lease.json"))
                .first(1)
                .thenRun(() -> {
                    fixture.others.register(hour(1));
                    pass(LATER_RUN, List.of(hour(1)), 1).failing(0).register();
                });

        assertThat(last.register().status()).isEqualTo(TableStatus.PARTIAL);

        assertThat(fixture.record().outstanding())
                .singleElement()
                .satisfies(failure -> assertThat(failure.run()).isEqualTo(LATER_RUN));
    }

    /** It was the same run that had changed the record last before the results were made. */
    @Test
    void failureInAnotherPassOfTheRunBeforeIsNotForgotten() {
        pass(RUN, hours(3), 1).failing(1).register();
        Pass last = pass(LATER_RUN, List.of(hour(1)), 1).looked("", "");
        fixture.pass(RUN, 1, hour(1)).failing(0).register();

        assertThat(last.register().status()).isEqualTo(TableStatus.PARTIAL);

        assertThat(fixture.registered()).hasSize(2);
        assertThat(fixture.record().outstanding())
                .singleElement()
                .satisfies(failure -> assertThat(failure.partition().values()).isEqualTo(hour(1).values()));
    }

    /** A pass that begins after all before it, and whose partitions have a number of objects. */
    private Pass pass(RunId run, List<Partition> partitions, int files) {
        fixture.clock.advance(Duration.ofMinutes(1));
        Pass pass = fixture.pass(run, 0, partitions);
        for (int i = 0; i < partitions.size(); i++) {
            pass.result(new BatchResult(i, List.of(sound(partitions.get(i), files))));
        }
        return pass;
    }

    private static PartitionResult sound(Partition partition, int files) {
        return new PartitionResult.Processed(
                partition,
                new Inventory(
                        files, 1_024L * files, Optional.of(Instant.parse("2013-02-09T00:00:00Z")), "hash-" + files),
                OptionalLong.empty());
    }
}
