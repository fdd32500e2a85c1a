package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that a calendar registers before they have data. */
class EmptyPartitionsTest {

    private static final RunId CALENDAR = new RunId("calendar");
    private static final RunId LAST = new RunId("last");

    private final RunFixture fixture = new RunFixture().createTable();

    /** A broken file came, and was removed: the partition is as the calendar has registered it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void emptyPartitionWhoseDataBrokeIsNoFailureOnceThatIsGone(boolean leavesFolder) {
        begun(RUN, 0, hour(0)).register();
        calendar(CALENDAR, 0, hour(1)).result(none(hour(1))).register();
        begun(LATER_RUN, 0, hour(1)).failing(0).register();

        PartitionResult gone = leavesFolder
                ? PartitionResult.Skipped.notBegun(hour(1), "nothing but a folder")
                : new PartitionResult.Skipped(hour(1), "nothing lies there", true);
        begun(LAST, 0, hour(1)).result(new BatchResult(0, List.of(gone))).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.complete_through", "2013-02-08T00:00");
        assertThat(fixture.registeredBy(hour(1))).isEqualTo(CALENDAR.value());
    }

    /** The hour was filled after the calendar had failed it, has failed with late data since, and its data is gone. */
    @Test
    void redrivenCalendarDoesNotReplaceWhatOthersHaveFilled() {
        calendar(CALENDAR, 0, hour(7)).failing(0).register();
        assertThatThrownBy(() -> fixture.hold(CALENDAR, 0, OptionalInt.of(0)))
                .isInstanceOf(TablePartialException.class);
        begun(RUN, 0, hour(7)).register();
        begun(LATER_RUN, 0, hour(7)).failing(0).register();
        assertThat(fixture.hold(CALENDAR, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);

        Pass redriven = calendar(CALENDAR, 1, hour(7)).result(none(hour(7)));

        assertThat(redriven.register().status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(fixture.registeredBy(hour(7))).isEqualTo(RUN.value());
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::failure)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.error()).isEqualTo(FailureCode.NO_OBJECTS.word());
                    assertThat(failure.message())
                            .isEqualTo(
                                    "flights/dt=2013-02-08/hour=7/ holds no data; it is registered, and what it had is gone");
                });
    }

    /** It is empty still, as it was when the same run registered it. */
    @Test
    void redrivenCalendarRegistersWhatIsStillEmpty() {
        calendar(CALENDAR, 0, hour(7)).failing(0).register();
        assertThatThrownBy(() -> fixture.hold(CALENDAR, 0, OptionalInt.of(0)))
                .isInstanceOf(TablePartialException.class);
        assertThat(fixture.hold(CALENDAR, 0, OptionalInt.of(1)).partitions()).isEqualTo(1);

        Pass redriven = calendar(CALENDAR, 1, hour(7)).result(none(hour(7)));

        assertThat(redriven.register().status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.registeredBy(hour(7))).isEqualTo(CALENDAR.value());
    }

    private Pass begun(RunId run, int number, Partition partition) {
        fixture.clock.advance(Duration.ofMinutes(1));
        Pass pass = fixture.pass(run, number, List.of(partition));
        return number == 0 ? pass.sawTheTable() : pass;
    }

    private Pass calendar(RunId run, int number, Partition partition) {
        Pass pass = begun(run, number, partition);
        fixture.writeSpec(
                run,
                OnPartial.FAIL,
                Json.read(
                        "{\"mode\":\"calendar\",\"from\":\"2013-02-08\",\"to\":\"2013-02-09\"}",
                        DetectionSpec.class,
                        "detection"));
        return pass;
    }

    private static BatchResult none(Partition partition) {
        return new BatchResult(
                0,
                List.of(new PartitionResult.Processed(
                        partition, new InventorySum(partition.prefix()).sum(), OptionalLong.empty())));
    }
}
