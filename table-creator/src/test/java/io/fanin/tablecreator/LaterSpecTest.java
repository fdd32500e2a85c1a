package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.tablecreator.events.RunSummaryText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A held run that is redriven after another one has processed partitions with a later spec. */
class LaterSpecTest {

    private static final RunId REDRIVING = new RunId("redriving");

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void heldRun() {
        fixture.createTable();
        fixture.start(RUN);
        fixture.pass(RUN, 0, hours(6)).failing(4, 5).register();
        assertHeld(RUN, 0, 0);
    }

    @Test
    void whatFailedInTheLaterRunIsLeftToIt() {
        later(true, hour(4), hour(5), hour(6)).failing(0, 1, 2).register();

        GateAnswer answer = fixture.hold(RUN, 0, OptionalInt.of(1));
        TableCreatorAnswer registered =
                fixture.register(RUN, 1, Json.documents().createArrayNode());

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(registered.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(registered.onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(leftTo(RUN)).containsExactly(Optional.of(LATER_RUN), Optional.of(LATER_RUN), Optional.of(LATER_RUN));
        assertThat(RunSummaryText.state(fixture.report(RUN)))
                .contains("dt=2013-02-08/hour=4 (Truncated: object a.json.gz is cut short;"
                        + " left to run nightly-2, which has a later spec)");
        assertOutstanding(LATER_RUN, LATER_RUN, LATER_RUN);
    }

    @Test
    void whatFailedInALaterRunThatOnlyDetectsOtherwiseIsProcessed() {
        later(false, hour(5), hour(6)).failing(0, 1).register();
        fixture.writeSpec(
                LATER_RUN,
                OnPartial.SUCCEED,
                Json.read("{\"mode\":\"list\",\"maxAttempts\":9}", DetectionSpec.class, "detection"));

        assertThat(fixture.hold(RUN, 0, OptionalInt.of(1)).partitions()).isEqualTo(2);
        assertThat(manifest(RUN, 1)).containsExactly(hour(4), hour(5));
    }

    /** The run that has created the table has them as its spec spells them, later ones as the catalog does. */
    @Test
    void whatFailedInALaterRunThatOnlySpellsTheTableOtherwiseIsProcessed() {
        later(false, hour(5), hour(6)).failing(0, 1).register();
        fixture.writeSpec(
                LATER_RUN,
                Specs.of(FLIGHTS, Map.of())
                        .resolved(new TableDefinition(
                                FLIGHTS,
                                DEFINITION.location(),
                                DEFINITION.format(),
                                DEFINITION.csv(),
                                List.of(new Column("Carrier", "string"), new Column("delay", "integer")),
                                List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("Hour", KeyType.INT)),
                                DEFINITION.layout())));

        fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(manifest(RUN, 1)).containsExactly(hour(4), hour(5));
    }

    @Test
    void whatFailedInARunWhoseSpecHasExpiredIsProcessed() {
        later(true, hour(5), hour(6)).failing(0, 1).register();
        fixture.aws.s3().delete(RunFixture.STATE, "runs/nightly-2/spec.json");

        fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(manifest(RUN, 1)).containsExactly(hour(4), hour(5));
    }

    /** It failed when it had recorded them, and registered nothing. */
    @Test
    void whatFailedInALaterRunWithoutAReportIsLeftToIt() {
        later(true, hour(5), hour(6)).failing(0, 1).register();
        fixture.aws.s3().delete(RunFixture.STATE, "runs/nightly-2/report.json");

        fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(manifest(RUN, 1)).containsExactly(hour(4));
    }

    @Test
    void runIsHeldForItsOwnFailuresOnly() {
        later(true, hour(5), hour(6)).failing(0, 1).register();

        fixture.hold(RUN, 0, OptionalInt.of(1));
        assertThat(manifest(RUN, 1)).containsExactly(hour(4));
        TableCreatorAnswer again = fixture.pass(RUN, 1, hour(4)).failing(0).register();

        assertThat(again.onPartial()).isEqualTo(OnPartial.FAIL);
        assertThat(leftTo(RUN)).containsExactly(Optional.empty(), Optional.of(LATER_RUN), Optional.of(LATER_RUN));
        assertHeld(RUN, 1, 1);
        fixture.hold(RUN, 1, OptionalInt.of(2));
        assertThat(manifest(RUN, 2)).containsExactly(hour(4));
        assertThat(fixture.pass(RUN, 2, hour(4)).register().onPartial()).isEqualTo(OnPartial.SUCCEED);
    }

    /** The earlier run fails at a later time than the later one began. */
    @Test
    void whatFailedInARedriveOfTheEarlierRunIsNotLeftToIt() {
        later(true, hour(5), hour(6)).failing(0, 1).register();
        assertHeld(LATER_RUN, 0, 0);
        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.pass(RUN, 1, hour(4)).failing(0).register();

        fixture.hold(LATER_RUN, 0, OptionalInt.of(1));

        assertThat(manifest(LATER_RUN, 1)).containsExactly(hour(4), hour(5), hour(6));
    }

    @Test
    void newExecutionThatRedrivesTheEarlierRunLeavesTheSame() {
        later(true, hour(5), hour(6)).failing(0, 1).register();
        fixture.start(REDRIVING);
        Pass pass = fixture.pass(REDRIVING, 0, hour(4));
        fixture.starts.redriving(REDRIVING, RUN);

        TableCreatorAnswer registered = pass.lookedNowhere().register();

        assertThat(registered.onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(leftTo(REDRIVING)).containsExactly(Optional.of(LATER_RUN), Optional.of(LATER_RUN));
    }

    /** Such an execution has the spec of the run that it redrives. */
    @Test
    void whatFailedInANewExecutionThatRedrivesTheEarlierRunIsNotLeftToIt() {
        later(true, hour(5)).failing(0).register();
        assertHeld(LATER_RUN, 0, 0);
        fixture.start(REDRIVING);
        Pass pass = fixture.pass(REDRIVING, 0, hour(4));
        fixture.starts.redriving(REDRIVING, RUN);
        pass.lookedNowhere().failing(0).register();

        fixture.hold(LATER_RUN, 0, OptionalInt.of(1));

        assertThat(manifest(LATER_RUN, 1)).containsExactly(hour(4), hour(5));
    }

    /** The execution failed before it could register, and what it has made is older than the later run's failure. */
    @Test
    void resultsFromBeforeTheLaterRunAreLeftToIt() {
        RunId stopped = new RunId("stopped");
        fixture.start(stopped);
        Pass before = fixture.pass(stopped, 0, hour(7), hour(8)).failing(1);
        later(true, hour(7), hour(8)).failing(0, 1).register();

        TableCreatorAnswer registered = before.register();

        assertThat(registered.counts().failed()).isZero();
        assertThat(registered.onPartial()).isEqualTo(OnPartial.FAIL); // for hours 4 and 5
        assertThat(fixture.record().outstanding())
                .filteredOn(failure -> List.of(hour(7), hour(8)).contains(failure.partition()))
                .extracting(OutstandingFailure::run)
                .containsExactly(LATER_RUN, LATER_RUN);
        assertThat(fixture.registered()).doesNotContainAnyElementsOf(RunFixture.valuesOf(hour(7), hour(8)));
    }

    private Pass later(boolean makesOtherwise, Partition... partitions) {
        fixture.start(LATER_RUN);
        Pass pass = fixture.pass(LATER_RUN, 0, partitions);
        if (makesOtherwise) {
            fixture.writeSpec(
                    LATER_RUN,
                    fixture.folder(LATER_RUN)
                            .spec()
                            .with(Json.read(
                                    "{\"type\": \"validate\", \"types\": false}", ProcessorSpec.class, "processor")));
        }
        return pass;
    }

    private List<Optional<RunId>> leftTo(RunId run) {
        return fixture.report(run).failures().stream()
                .map(Outstanding::cause)
                .map(Outstanding.Cause::laterRun)
                .toList();
    }

    private void assertOutstanding(RunId... runs) {
        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::run)
                .containsExactly(runs);
    }

    private void assertHeld(RunId run, int pass, int redriveCount) {
        assertThatThrownBy(() -> fixture.hold(run, pass, OptionalInt.of(redriveCount)))
                .isExactlyInstanceOf(TablePartialException.class);
    }

    private List<Partition> manifest(RunId run, int pass) {
        List<Partition> all = new ArrayList<>();
        fixture.folder(run).readManifest(pass, batch -> all.addAll(batch.partitions()));
        return all;
    }
}
