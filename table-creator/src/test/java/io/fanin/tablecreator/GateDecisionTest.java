package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.lastRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.partition.PartitionStorage;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.folder.HeldMarker;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TestReports;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate's decisions, case by case. */
class GateDecisionTest {

    private static final EquivalentValues FORMS = new EquivalentValues(RunFixture.DEFINITION.keys());

    @ParameterizedTest(name = "held at redrive {0}, arrives at redrive {1}: {2}")
    @CsvSource(
            nullValues = {"unknown", "never"},
            value = {
                // "never" has left no marker, "unknown" is an engine without redrive counts
                "never,   0,       Hold",
                "never,   3,       Hold",
                "never,   unknown, Hold",
                "0,       0,       Hold",
                "0,       1,       LetThrough",
                "0,       2,       LetThrough",
                "0,       unknown, LetThrough",
                "1,       0,       Hold",
                "1,       1,       Hold",
                "1,       2,       LetThrough",
                "1,       unknown, LetThrough",
            })
    void arrivalIsHeldUnlessItsRedriveCountHasRisen(Integer held, Integer arrives, String expected) {
        Optional<HeldMarker> marker = Optional.ofNullable(held).map(count -> marker(OptionalInt.of(count)));

        assertThat(decision(count(arrives), marker).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "held without a count, arrives at redrive {0}: {1}")
    @CsvSource(
            nullValues = "unknown",
            value = {"0, Hold", "1, LetThrough", "unknown, LetThrough"})
    void markerWithoutACountIsOfRedriveZero(Integer arrives, String expected) {
        Optional<HeldMarker> marker = Optional.of(marker(OptionalInt.empty()));

        assertThat(decision(count(arrives), marker).getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void bothDecisionsOnAnArrivalNameTheReportOfItsPass() {
        RunReport report = report(2, hour(1));
        Execution execution = RunFixture.execution(RUN, OptionalInt.of(4));

        assertThat(GateDecision.ofArrival(report, execution, Optional.empty()))
                .isEqualTo(new GateDecision.Hold(report));
        assertThat(GateDecision.ofArrival(report, execution, Optional.of(marker(OptionalInt.of(3)))))
                .isEqualTo(new GateDecision.LetThrough(report));
    }

    /**
     * Each row is one outstanding partition, with the run that had registered it when it failed and the run that has
     * registered it now.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "nobody",
            value = {
                // case,                            then,   now,     waived, processed, left
                "new and not registered since,      nobody, nobody,  false,  false,     true",
                "new and registered by a later run, nobody, later,   false,  false,     false",
                "new and registered by a tool,      nobody, '',      false,  false,     false",
                "late and as it stood,              older,  older,   false,  false,     true",
                "late and registered since,         older,  later,   false,  false,     false",
                "late and written by a tool,        older,  '',      false,  false,     true",
                "late and deregistered since,       older,  nobody,  false,  false,     true",
                "waived since,                      nobody, nobody,  true,   false,     false",
                "late and waived since,             older,  older,   true,   false,     false",
                "processed but not registered,      nobody, nobody,  false,  true,      false",
                "processed and registered since,    nobody, later,   false,  true,      false",
                "processed and waived,              nobody, nobody,  true,   true,      false",
            })
    void partitionIsProcessedAgainIfItIsStillOutstanding(
            String name, String then, String now, boolean waived, boolean processed, boolean left) {
        Partition partition = hour(7);
        RunReport report = report(0, outstanding(partition, Optional.ofNullable(then)));
        GateDecision.Redrive read = new GateDecision.Redrive(
                report,
                (waived ? waiving(partition) : TableRecord.NEW)
                        .with(lastRun(report.header().run())),
                FORMS,
                now == null ? Map.of() : registered(partition, now),
                Set.of(),
                processed ? List.of((PartitionResult.Processed) Pass.sound(partition)) : List.of());

        assertThat(GateDecision.ofRedrive(read))
                .as(name)
                .isEqualTo(new GateDecision.NextPass(1, left ? List.of(partition) : List.of()));
    }

    /** Days may have passed, and some of it may have expired. */
    @Test
    void partitionThatIsMadeAnewKnowsTheRawDataThatItWasMadeOf() {
        RunReport report = report(0, outstanding(hour(7), Optional.of("older")));
        Map<String, String> made = Map.of(
                FaninNames.RUN,
                "older",
                FaninNames.SOURCE,
                "s3://raw/7/",
                FaninNames.SOURCE_OLDEST,
                "1970-01-01T00:00:00Z");

        GateDecision.NextPass next = GateDecision.ofRedrive(new GateDecision.Redrive(
                report, TableRecord.NEW, FORMS, registered(hour(7), made), Set.of(), List.of()));

        assertThat(next.partitions()).extracting(Partition::madeOf).containsExactly(Optional.of(Instant.EPOCH));
    }

    /** The other run may have found its data changed, or gone. */
    @Test
    void resultThatOnlyHasToBeRegisteredIsMadeAgainIfAnotherRunHasChangedTheRecord() {
        RunReport report = report(0, outstanding(hour(7), Optional.empty()));

        GateDecision.NextPass next = GateDecision.ofRedrive(new GateDecision.Redrive(
                report,
                TableRecord.NEW.with(lastRun(new RunId("another"))),
                FORMS,
                Map.of(),
                Set.of(),
                List.of((PartitionResult.Processed) Pass.sound(hour(7)))));

        assertThat(next).isEqualTo(new GateDecision.NextPass(1, List.of(hour(7))));
    }

    @Test
    void waiverInAnotherFormOfTheValuesCounts() {
        Partition other = new Partition(PartitionValues.of("2013-02-08", "07"), "flights/dt=2013-02-08/hour=07/");

        assertThat(GateDecision.ofRedrive(redrive(report(0, hour(7)), waiving(other)))
                        .partitions())
                .isEmpty();
    }

    @Test
    void partitionsStayInTheOrderOfTheReport() {
        RunReport report = report(3, hour(5), hour(1), hour(9));

        assertThat(GateDecision.ofRedrive(redrive(report, TableRecord.NEW)))
                .isEqualTo(new GateDecision.NextPass(4, List.of(hour(5), hour(1), hour(9))));
    }

    @Test
    void nothingOutstandingLeavesNothingToProcess() {
        assertThat(GateDecision.ofRedrive(redrive(report(0, new Partition[0]), TableRecord.NEW)))
                .isEqualTo(new GateDecision.NextPass(1, List.of()));
    }

    private static GateDecision decision(OptionalInt redriveCount, Optional<HeldMarker> earlier) {
        return GateDecision.ofArrival(report(0, hour(1)), RunFixture.execution(RUN, redriveCount), earlier);
    }

    private static HeldMarker marker(OptionalInt redriveCount) {
        return new HeldMarker(redriveCount, "arrival");
    }

    private static OptionalInt count(Integer count) {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static GateDecision.Redrive redrive(RunReport report, TableRecord record) {
        return new GateDecision.Redrive(report, record, FORMS, Map.of(), Set.of(), List.of());
    }

    private static RunReport report(int pass, Partition... partitions) {
        return report(
                pass,
                Stream.of(partitions)
                        .map(partition -> outstanding(partition, Optional.empty()))
                        .toArray(RunReport.Outstanding[]::new));
    }

    private static RunReport report(int pass, RunReport.Outstanding... outstanding) {
        return TestReports.of(RUN, pass, TestReports.counts(0, outstanding.length), List.of(outstanding));
    }

    private static RunReport.Outstanding outstanding(Partition partition, Optional<String> registeredBy) {
        return TestReports.cut(partition.values().nameFor(RunFixture.DEFINITION.keys()), partition, registeredBy);
    }

    private static Map<PartitionValues, RegisteredPartition> registered(Partition partition, String run) {
        return registered(partition, run.isEmpty() ? Map.of() : Map.of(FaninNames.RUN, run));
    }

    private static Map<PartitionValues, RegisteredPartition> registered(
            Partition partition, Map<String, String> parameters) {
        return Map.of(
                partition.values(),
                new RegisteredPartition(partition.values(), Optional.empty(), parameters, PartitionStorage.AS_TABLE));
    }

    private static TableRecord waiving(Partition partition) {
        Waiver waiver = new Waiver(
                partition,
                "lost",
                "ada",
                Instant.EPOCH,
                Optional.empty(),
                new Inventory(1, 9, Optional.empty(), "held"));
        return Waivers.changed(TableRecord.NEW, new WaiverChange(List.of(waiver), List.of()), FORMS, RUN);
    }
}
