package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.table.KeyZone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that is redriven after the table's spec was changed, and another run has scanned the table with the new one.
 */
class EarlierSpecTest {

    private static final String WAITING = "2013-02-08T03:00";

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void heldRun() {
        fixture.createTable();
        fixture.pass(RUN, 0, hours(6)).looked("", "").failing(5).register();
    }

    @Test
    void whatTheLaterRunSawWaitingStaysOpen() {
        later(true).looked("2013-02-08T04:00", WAITING).failing(0).register();

        fixture.pass(RUN, 1, hour(5)).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters()).doesNotContainKey("fanin.complete_through");
        assertThat(fixture.record().progress().open()).hasValue(WAITING);
    }

    /** The earlier spec may name another folder, and there is nothing there any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfTheLaterRunStaysIfTheEarlierSpecFindsNothing(boolean isChanged) {
        later(isChanged).looked("2013-02-08T04:00", "").failing(0).register();

        fixture.pass(RUN, 1, hour(5)).result(gone(hour(5))).register();

        assertOutstanding(isChanged ? List.of(LATER_RUN) : List.of());
    }

    /** Where events name partitions, no run scans the table. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfTheLaterRunStaysIfThatHasScannedNothing(boolean isChanged) {
        later(isChanged).failing(0).register();

        fixture.pass(RUN, 1, hour(5)).result(gone(hour(5))).register();

        assertOutstanding(isChanged ? List.of(LATER_RUN) : List.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfTheLaterRunStaysIfANewExecutionRedrivesTheEarlierOne(boolean isChanged) {
        later(isChanged).looked("2013-02-08T04:00", "").failing(0).register();

        redriving(RUN).result(gone(hour(5))).register();

        assertOutstanding(isChanged ? List.of(LATER_RUN) : List.of());
    }

    @Test
    void failureOfTheRedrivenRunIsOver() {
        redriving(RUN).result(gone(hour(5))).register();

        assertThat(fixture.record().outstanding()).isEmpty();
    }

    @Test
    void calendarOfTheLaterRunStays() {
        later(true).looked("2013-02-08T04:00", "").failing(0).register();
        Calendar before = new TableHistories(fixture.state).calendar(FLIGHTS);

        fixture.pass(RUN, 1, hour(5)).register();
        redriving(RUN).register();

        assertThat(new TableHistories(fixture.state).calendar(FLIGHTS)).isEqualTo(before);
        fixture.pass(new RunId("nightly-3"), 0, hour(6))
                .looked("2013-02-08T05:00", "")
                .register();
        assertThat(new TableHistories(fixture.state).calendar(FLIGHTS)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void layoutThatSomebodyHasChangedStays(boolean isByNewExecution) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> changed = new HashMap<>(before);
            changed.put("fanin.layout", "${dt}/${hour}");
            return changed;
        });

        (isByNewExecution ? redriving(RUN) : fixture.pass(RUN, 1, hour(5))).register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.layout", "${dt}/${hour}")
                .containsEntry("fanin.status", "COMPLETE");
    }

    /** The runs in which the outstanding partitions failed. */
    private void assertOutstanding(List<RunId> runs) {
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::run)
                .isEqualTo(runs);
    }

    private Pass later(boolean isChanged) {
        Pass pass = fixture.pass(LATER_RUN, 0, hour(5));
        fixture.writeSpec(LATER_RUN, OnPartial.FAIL);
        if (isChanged) {
            fixture.writeSpec(LATER_RUN, fixture.folder(LATER_RUN).spec().inZone(KeyZone.of("Europe/Berlin")));
        }
        return pass;
    }

    /** The first pass of a new execution that processes the failure of an earlier run again. */
    private Pass redriving(RunId earlier) {
        RunId run = new RunId("redriving");
        Pass pass = fixture.pass(run, 0, hour(5));
        fixture.starts.redriving(run, earlier);
        return pass.lookedNowhere();
    }

    private static BatchResult gone(Partition partition) {
        return new BatchResult(0, List.of(new PartitionResult.Skipped(partition, "nothing lies there", true)));
    }
}
