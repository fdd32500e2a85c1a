package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Partitions that the processors have skipped. */
class SkippedTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void isNeitherRegisteredNorFailed() {
        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(3))
                .result(skipped(2, hour(2)))
                .looked("", "")
                .register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(2);
        assertThat(answer.counts().failed()).isZero();
        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(valuesOf(hours(2)));
        assertThat(fixture.parameters()).containsEntry("fanin.complete_through", "2013-02-08T01:00");
    }

    @Test
    void isCountedAndNamedInTheReport() {
        fixture.pass(RUN, 0, hours(3)).result(skipped(1, hour(1))).register();

        assertThat(fixture.report(RUN).skipped())
                .isEqualTo(new Tally(
                        1,
                        List.of(new PartitionLabel(
                                "dt=2013-02-08/hour=1", hour(1).prefix(), "nothing but the marker"))));
    }

    @Test
    void isNamedUpToABound() {
        Pass pass = fixture.pass(RUN, 0, hours(25), 25);
        pass.result(
                new BatchResult(0, hours(25).stream().map(SkippedTest::skipped).toList()));

        pass.register();

        assertThat(fixture.report(RUN).skipped().count()).isEqualTo(25);
        assertThat(fixture.report(RUN).skipped().sample()).hasSize(20);
    }

    @Test
    void isNoLongerOutstandingWhereItHadFailed() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        TableCreatorAnswer answer =
                fixture.pass(LATER_RUN, 0, hour(1)).result(skipped(0, hour(1))).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.record().outstanding()).isEmpty();
    }

    /** Nothing lies there that could be processed again. */
    @Test
    void missingPartitionIsReportedOnceAndNotOutstanding() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        TableCreatorAnswer answer = fixture.pass(LATER_RUN, 0, hour(1))
                .result(new BatchResult(0, List.of(new PartitionResult.Skipped(hour(1), "holds nothing", true))))
                .register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.report(LATER_RUN).skipped().count()).isEqualTo(1);
        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.record().empty()).isEmpty();
    }

    @Test
    void emptyPrefixIsRememberedUntilItIsRegisteredOrFails() {
        fixture.pass(RUN, 0, hours(3))
                .result(skipped(1, hour(1)))
                .result(skipped(2, hour(2)))
                .register();
        assertThat(fixture.record().empty()).containsExactly(hour(1).values(), hour(2).values());

        fixture.pass(LATER_RUN, 0, List.of(hour(1), hour(2))).failing(1).register();
        assertThat(fixture.record().empty()).isEmpty();
    }

    /** The catalog says that its data is there. */
    @Test
    void isAFailureWhereItIsRegistered() {
        fixture.pass(RUN, 0, hours(3)).register();

        TableCreatorAnswer answer =
                fixture.pass(LATER_RUN, 0, hour(1)).result(skipped(0, hour(1))).register();

        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(valuesOf(hours(3)));
        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(fixture.report(LATER_RUN).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause().message()).contains("registered", "gone"));
    }

    @Test
    void partitionReportedTwiceIsRegisteredOnlyIfSoundTwice() {
        Pass pass = fixture.pass(RUN, 0, hours(2), 2);
        pass.result(new BatchResult(
                0,
                List.of(
                        skipped(hour(0)),
                        Pass.sound(hour(0)),
                        skipped(hour(1)),
                        Pass.failed(hour(1), "Truncated", "cut"))));

        TableCreatorAnswer answer = pass.register();

        assertThat(answer.counts().registered()).isZero();
        assertThat(answer.counts().failed()).isEqualTo(1);
    }

    private static BatchResult skipped(int batch, Partition partition) {
        return new BatchResult(batch, List.of(skipped(partition)));
    }

    private static PartitionResult skipped(Partition partition) {
        return new PartitionResult.Skipped(partition, "nothing but the marker");
    }
}
