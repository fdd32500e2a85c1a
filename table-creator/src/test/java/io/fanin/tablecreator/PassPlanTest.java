package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.lastRun;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.partition.PartitionStorage;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Waivers;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TestReports;
import io.fanin.model.run.Usage;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.tablecreator.results.FanIn;
import io.fanin.tablecreator.results.ReadTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Table;

/** The decisions of a pass, case by case, without reads or writes. */
class PassPlanTest {

    private static final Instant BEGAN = Instant.parse("2013-02-09T12:00:00Z");
    private static final EquivalentValues FORMS = new EquivalentValues(DEFINITION.keys());
    private static final ResolvedSpec SPEC = Specs.of(FLIGHTS, Map.of()).resolved(DEFINITION);
    private static final String FOLDER = "s3://state/runs/" + RUN + "/";
    private static final CatalogTable TABLE = new CatalogTable(
            FLIGHTS,
            Table.builder()
                    .name(FLIGHTS.table())
                    .parameters(Map.of())
                    .createTime(Instant.parse("2013-02-01T00:00:00Z"))
                    .build());

    /** The input of a plan, changed field by field. */
    private static final class Reading {

        private int pass;
        private final List<PartitionResult> results = new ArrayList<>();
        private final List<PartitionResult.Processed> unregistered = new ArrayList<>();
        private final Map<PartitionValues, RegisteredPartition> registered = new HashMap<>();
        private TableRecord record = TableRecord.NEW;
        private WaiverChange waivers = WaiverChange.NONE;
        private Optional<CatalogTable> existing = Optional.of(TABLE);
        private Optional<DetectionReport> detection = Optional.empty();
        private Optional<RunReport> previous = Optional.empty();

        private PassRecord changes() {
            return new PassRecord(RUN, Optional.empty(), FOLDER, pass, FORMS, Optional.empty(), waivers);
        }

        private PassResults own() {
            FanIn.ProcessorWork work = new FanIn.ProcessorWork(results.size(), OptionalLong.empty(), Usage.NONE);
            return PassPlan.own(
                    changes(), new FanIn.Results(results, new ReadTimes(BEGAN, Map.of()), work), record, unregistered);
        }

        private PassInput read() {
            return new PassInput(
                    changes(),
                    SPEC,
                    detection,
                    previous,
                    own(),
                    record,
                    existing,
                    new PassInput.LookedUp(registered, Set.of(), Set.of()));
        }

        private PassPlan plan() {
            return PassPlan.of(read());
        }
    }

    private final Reading reading = new Reading();

    @ParameterizedTest(name = "processed {0}, deregisters {1}, outstanding {2}: {3}")
    @CsvSource({
        "false, false, false, false",
        "false, false, true,  false",
        "false, true,  false, false",
        "false, true,  true,  true",
        "true,  false, false, true",
        "true,  false, true,  true",
        "true,  true,  false, true",
    })
    void readersWaitForRegistrationsAndWhereAnythingOutstandingIsTouched(
            boolean processed, boolean deregisters, boolean outstanding, boolean waits) {
        if (processed) {
            reading.results.add(Pass.sound(hour(1)));
        }
        reading.detection = Optional.of(detection(deregisters ? 3 : 0));
        TableRecord begun = outstanding
                ? TableRecord.NEW.withFailures(List.of(failure(hour(9))), TestForms.AS_WRITTEN)
                : TableRecord.NEW;

        assertThat(reading.plan().setsPartial(begun)).isEqualTo(waits);
    }

    @ParameterizedTest(name = "pass {0}, table there {1}: {2}")
    @CsvSource({"0, true, true", "0, false, false", "1, true, false"})
    void indexesAreCheckedOnceInARunOfATableThatIsThere(int pass, boolean isThere, boolean isChecked) {
        reading.pass = pass;
        reading.existing = isThere ? Optional.of(TABLE) : Optional.empty();

        assertThat(reading.plan().checksIndexes()).isEqualTo(isChecked);
    }

    @ParameterizedTest(name = "pass {0}")
    @CsvSource({"0, true", "1, false", "2, false"})
    void findingsOfTheDetectionAreActedOnByTheFirstPass(int pass, boolean acts) {
        reading.pass = pass;
        reading.detection = Optional.of(detection(3));

        PassPlan plan = reading.plan();

        assertThat(plan.actedOnDetection().isPresent()).isEqualTo(acts);
        assertThat(plan.vanished().isPresent()).isEqualTo(acts);
    }

    @ParameterizedTest(name = "{0}, registered {1}, data seen {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // a result, whether the catalog has the partition, when its data was read, the decision on the result
                "processed, false, -,                    processed",
                "processed, true,  2013-02-09T11:00:00Z, processed",
                "failed,    false, -,                    failed",
                "failed,    true,  -,                    failed",
                "failed,    true,  2013-02-09T11:00:00Z, failed",
                "failed,    true,  2013-02-09T13:00:00Z, nothing",
                "skipped,   false, -,                    skipped",
                "skipped,   true,  2013-02-09T11:00:00Z, failed",
                "skipped,   true,  2013-02-09T13:00:00Z, nothing",
            })
    void resultCountsByWhatTheCatalogHas(String outcome, boolean isRegistered, String seen, String counts) {
        reading.results.add(result(outcome, hour(1)));
        if (isRegistered) {
            register(hour(1), seen == null ? Map.of() : Map.of(FaninNames.AS_OF, seen));
        }

        PassResults results = reading.plan().results();

        assertThat(results.processed()).hasSize(counts.equals("processed") ? 1 : 0);
        assertThat(results.failed()).hasSize(counts.equals("failed") ? 1 : 0);
        assertThat(results.skipped()).hasSize(counts.equals("skipped") ? 1 : 0);
    }

    @Test
    void registeredPartitionWithoutDataSaysThatItHadSome() {
        reading.results.add(result("skipped", hour(1)));
        register(hour(1), Map.of());

        assertThat(reading.plan().results().failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.failure().error()).isEqualTo(FailureCode.NO_OBJECTS.word()));
    }

    @Test
    void partitionRegisteredElsewhereMeanwhileSaysWhatReadersRead() {
        reading.results.add(result("skipped", hour(1)));
        reading.registered.put(
                hour(1).values(),
                new RegisteredPartition(
                        hour(1).values(), Optional.of("s3://lake/repaired/1/"), Map.of(), PartitionStorage.AS_TABLE));

        assertThat(reading.plan().results().failed().getFirst().failure().message())
                .endsWith("with the location s3://lake/repaired/1/, which is what readers read");
    }

    @Test
    void resultsThatWaitForRegistrationAreRegisteredUnlessWaived() {
        reading.pass = 1;
        reading.unregistered.add(processed(hour(3)));
        reading.unregistered.add(processed(hour(4)));
        reading.record = waiving(hour(4));

        assertThat(reading.plan().results().processed()).containsExactly(processed(hour(3)));
    }

    @ParameterizedTest(name = "table there {0}")
    @CsvSource({"true", "false"})
    void catalogIsAskedForWhatHasNotSucceededNowOrBefore(boolean isThere) {
        reading.existing = isThere ? Optional.of(TABLE) : Optional.empty();
        reading.results.add(Pass.sound(hour(1)));
        reading.results.add(result("failed", hour(2)));
        reading.results.add(result("skipped", hour(3)));
        reading.record =
                waiving(hour(5)).withFailures(List.of(failure(hour(2)), failure(hour(4))), TestForms.AS_WRITTEN);

        assertThat(reading.read().partitionsToFind().stream().map(PartitionValues::values))
                .isEqualTo(isThere ? valuesOf(hour(3), hour(2), hour(4), hour(5)) : List.of());
    }

    /** Each row is one partition that was outstanding when the pass began. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                // case,                              this pass, registered by, waived, outstanding at the beginning
                "another pass's failure,              -,         -,             false,  true",
                "registered since by another run,     -,         later,         false,  false",
                "failed again,                        failed,    -,             false,  true",
                "failed again and registered since,   failed,    later,         false,  true",
                "found not to exist,                  skipped,   -,             false,  false",
                "processed and not registered yet,    processed, -,             false,  true",
                "waived by this run,                  -,         -,             true,   false",
                "waived by this run and failed again, failed,    -,             true,   true",
            })
    void failureIsOutstandingUntilGlueHasThePartition(
            String name, String outcome, String registeredBy, boolean waived, boolean isOutstanding) {
        reading.record = TableRecord.NEW.withFailures(List.of(failure(hour(1))), TestForms.AS_WRITTEN);
        if (outcome != null) {
            reading.results.add(result(outcome, hour(1)));
        }
        if (registeredBy != null) {
            register(hour(1), Map.of(FaninNames.RUN, registeredBy));
        }
        if (waived) {
            reading.waivers = new WaiverChange(List.of(waiver(hour(1))), List.of());
        }

        TableRecord begun = reading.plan().beginning().apply(reading.record);

        assertThat(outstanding(begun)).as(name).isEqualTo(isOutstanding ? valuesOf(hour(1)) : List.of());
    }

    @Test
    void beginningKeepsWhatAnotherWriterHasAddedSince() {
        reading.results.add(result("failed", hour(1)));
        TableRecord changed = TableRecord.NEW.withFailures(List.of(failure(hour(7))), TestForms.AS_WRITTEN);

        assertThat(outstanding(reading.plan().beginning().apply(changed)))
                .containsExactlyInAnyOrderElementsOf(valuesOf(hour(1), hour(7)));
    }

    @Test
    void beginningTwiceIsBeginningOnce() {
        reading.results.add(result("failed", hour(1)));
        PassPlan plan = reading.plan();
        TableRecord once = plan.beginning().apply(TableRecord.NEW);

        assertThat(plan.beginning().apply(once)).isEqualTo(once);
    }

    @Test
    void failureOfAStandingPartitionNamesWhoRegisteredIt() {
        reading.results.add(result("failed", hour(1)));
        register(hour(1), Map.of(FaninNames.RUN, "s3://state/runs/older/"));

        assertThat(reading.plan().beginning().apply(TableRecord.NEW).outstanding())
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.standing().registeredBy()).hasValue("s3://state/runs/older/"));
    }

    @ParameterizedTest(name = "earlier passes registered {0}, this one {1}")
    @CsvSource({"0, 0", "0, 1", "5, 0", "5, 1"})
    void endCountsWhatTheRunHasRegisteredInAllItsPasses(long earlier, int now) {
        reading.pass = 1;
        reading.previous = Optional.of(TestReports.of(RUN, 0, TestReports.counts(earlier, 1), List.of()));
        Set<PartitionValues> registered = now == 0 ? Set.of() : Set.of(hour(1).values());

        TableRecord ended = ended(registered, List.of(), Optional.empty()).apply(TableRecord.NEW);

        assertThat(ended.lastRun().orElseThrow().registered()).isEqualTo(earlier + now);
    }

    @Test
    void endForgetsWhatIsRegisteredAndAddsWhatGlueRefused() {
        TableRecord before =
                TableRecord.NEW.withFailures(List.of(failure(hour(1)), failure(hour(2))), TestForms.AS_WRITTEN);
        reading.record = before;

        TableRecord ended = ended(Set.of(hour(1).values()), List.of(failure(hour(3))), Optional.empty())
                .apply(before);

        assertThat(outstanding(ended)).containsExactlyInAnyOrderElementsOf(valuesOf(hour(2), hour(3)));
    }

    /** The answer to a write of the record may be lost: then the change is applied to what was written. */
    @ParameterizedTest(name = "table there before: {0}")
    @ValueSource(booleans = {true, false})
    void endTwiceIsEndOnce(boolean isThere) {
        reading.existing = isThere ? Optional.of(TABLE) : Optional.empty();
        reading.record = TableRecord.NEW.withFailures(List.of(failure(hour(2))), TestForms.AS_WRITTEN);
        UnaryOperator<TableRecord> end = ended(Set.of(hour(1).values()), List.of(failure(hour(3))), Optional.empty());

        TableRecord once = end.apply(reading.record);

        assertThat(outstanding(once)).containsExactlyInAnyOrderElementsOf(valuesOf(hour(2), hour(3)));
        assertThat(end.apply(once)).isEqualTo(once);
    }

    /** The second invocation of the pass finds a record that the first has changed, before or after another run. */
    @ParameterizedTest(name = "another run came between {0}, an earlier invocation {1}")
    @CsvSource({"false, false, true", "false, true, true", "true, false, false", "true, true, false"})
    void findingsCountUnlessAnotherRunCameBetween(boolean cameBetween, boolean isRepeated, boolean count) {
        reading.detection = Optional.of(detection(3));
        TableRecord found = cameBetween ? TableRecord.NEW.with(lastRun(LATER_RUN)) : TableRecord.NEW;
        TableRecord record = isRepeated ? found.begunBy(lastRun(RUN), 0, found) : found;

        assertThat(ended(Set.of(), List.of(), Optional.of(2L)).apply(record).vanished())
                .isEqualTo(count ? OptionalLong.of(2) : OptionalLong.empty());
    }

    private UnaryOperator<TableRecord> ended(
            Set<PartitionValues> registered, List<OutstandingFailure> refused, Optional<Long> vanished) {
        PassRecord.Result result = new PassRecord.Result(TABLE, registered, registered, refused, vanished);
        return reading.changes().ending(reading.plan(), result);
    }

    private void register(Partition partition, Map<String, String> parameters) {
        reading.registered.put(
                partition.values(),
                new RegisteredPartition(partition.values(), Optional.empty(), parameters, PartitionStorage.AS_TABLE));
    }

    private static PartitionResult result(String outcome, Partition partition) {
        return switch (outcome) {
            case "processed" -> Pass.sound(partition);
            case "failed" -> Pass.failed(partition, "Truncated", "object a.json.gz is cut short");
            case "skipped" -> new PartitionResult.Skipped(partition, "no objects");
            default -> throw new IllegalArgumentException(outcome);
        };
    }

    private static PartitionResult.Processed processed(Partition partition) {
        return (PartitionResult.Processed) Pass.sound(partition);
    }

    private static OutstandingFailure failure(Partition partition) {
        return OutstandingFailure.first(partition, Failure.ofPartition("Truncated", "cut"), LATER_RUN, 0);
    }

    private static List<List<String>> outstanding(TableRecord record) {
        return record.outstanding().stream()
                .map(failure -> failure.values().values())
                .toList();
    }

    private static DetectionReport detection(int toDeregister) {
        return Json.read("""
                {"found":1,"registered":0,"skipped":{},"skippedSample":[],
                 "vanished":{"count":3,"sample":[],"toDeregister":%d}}
                """.formatted(toDeregister), DetectionReport.class, "detection");
    }

    private static TableRecord waiving(Partition partition) {
        return Waivers.changed(
                TableRecord.NEW, new WaiverChange(List.of(waiver(partition)), List.of()), FORMS, LATER_RUN);
    }

    private static Waiver waiver(Partition partition) {
        return new Waiver(
                partition,
                "lost",
                "ada",
                Instant.EPOCH,
                Optional.empty(),
                new Inventory(1, 9, Optional.empty(), "held"));
    }
}
