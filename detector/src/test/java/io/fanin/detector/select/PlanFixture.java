package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Waivers;
import io.fanin.detector.DetectorFixture;
import io.fanin.detector.catalog.ForeignPartitions;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.inspect.InspectionRules;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.detector.select.SelectionRules.Progress;
import io.fanin.detector.select.SelectionRules.TakenUp;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.LocalPeriods;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The state of the hour 7 of one day, by the words of a table's columns. */
public final class PlanFixture {

    public static final Instant TIME = Instant.parse("2013-02-08T12:00:00Z");
    static final ResolvedSpec SPEC = DetectorFixture.resolved(DetectorFixture.COMPLETE + ", 'layout': 'hive'");
    public static final List<PartitionKey> KEYS = SPEC.definition().keys();
    static final EquivalentValues FORMS = new EquivalentValues(KEYS);
    static final SourceMapping MAPPING = SourceMapping.of(SPEC);
    static final InspectionRules INSPECTION = new InspectionRules(
            Readiness.ALWAYS, SPEC.onEmpty(), true, false, new LocalPeriods(KEYS, KeyZone.UTC), TIME);
    static final ForeignPartitions FOREIGN =
            ForeignPartitions.of(new TableSnapshot(SPEC, Optional.empty(), TableRecord.NEW));

    /** As S3 has it; the catalog has the hour as {@code 7}. */
    public static final Partition HOUR =
            DetectorFixture.partition("flights/dt=2013-02-08/hour=07/", "2013-02-08", "07");

    private static final PartitionValues REGISTERED = PartitionValues.of("2013-02-08", "7");
    private static final RunId OLDER = new RunId("older");

    private PlanFixture() {}

    static SelectionRules rules(Coverage coverage, LateData lateData, int maxAttempts) {
        return rules(coverage, lateData, maxAttempts, Gaps.REPORT);
    }

    static SelectionRules rules(Coverage coverage, LateData lateData, int maxAttempts, Gaps gaps) {
        return new SelectionRules(
                TIME, KeyZone.UTC, coverage, lateData, maxAttempts, new TakenUp.All(), gaps, new Progress.Unmoved());
    }

    /** @param word never, filled, compared, from 07:00, from 08:00, or all */
    static LateData lateData(String word) {
        return switch (word) {
            case "never" -> new LateData.Never();
            case "filled" -> new LateData.Filled();
            case "compared" -> new LateData.Compared();
            case "all" -> new LateData.All();
            default -> new LateData.ComparedFrom(LocalDateTime.parse("2013-02-08T" + word.replace("from ", "")));
        };
    }

    /**
     * The partition as it was observed.
     *
     * @param prefixes how many prefixes mean its values
     */
    static ObservedPartition observed(int prefixes, String registered) {
        List<Partition> all = IntStream.range(0, prefixes)
                .mapToObj(i -> i == 0 ? HOUR : new Partition(REGISTERED, "flights/dt=2013-02-08/hour=7/"))
                .toList();
        return new ObservedPartition(
                FORMS.canonical(HOUR.values()), all, registration(registered), prefixes > 0, List.of());
    }

    /** @param word nobody, tool, older, later, or empty: by the older run, without data */
    static Optional<RegisteredPartition> registration(String word) {
        Map<String, String> parameters = switch (word) {
            case "nobody", "tool" -> Map.of();
            case "empty" -> Map.of(FaninNames.RUN, "older", FaninNames.INVENTORY, InventorySum.NOTHING);
            default -> Map.of(FaninNames.RUN, word, FaninNames.INVENTORY, "hash");
        };
        return word.equals("nobody")
                ? Optional.empty()
                : Optional.of(
                        RegisteredPartition.fromGlue(software.amazon.awssdk.services.glue.model.Partition.builder()
                                .values(REGISTERED.values())
                                .parameters(parameters)
                                .storageDescriptor(storage -> storage.location("s3://lake/" + HOUR.prefix()))
                                .build()));
    }

    /**
     * The table's record.
     *
     * @param word nothing, failed (never registered), failed late (registered by the older run), failed thrice, waived,
     *     or empty
     */
    static TableRecord record(String word) {
        return switch (word) {
            case "nothing" -> TableRecord.NEW;
            case "failed" -> TableRecord.NEW.withFailures(List.of(failure()), TestForms.AS_WRITTEN);
            case "failed late" ->
                TableRecord.NEW.withFailures(
                        List.of(failure()
                                .whileRegisteredAs(registration("older").orElseThrow())),
                        TestForms.AS_WRITTEN);
            case "failed thrice" ->
                TableRecord.NEW.withFailures(
                        List.of(new OutstandingFailure(HOUR, 3, new Failure(FailureCode.TRUNCATED, "cut"), OLDER, 0)),
                        TestForms.AS_WRITTEN);
            case "waived" -> waived();
            case "empty" -> TableRecord.NEW.withEmpty(List.of(HOUR.values()), FORMS);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static OutstandingFailure failure() {
        return OutstandingFailure.first(HOUR, new Failure(FailureCode.TRUNCATED, "cut"), OLDER, 0);
    }

    private static TableRecord waived() {
        Waiver waiver = new Waiver(
                HOUR, "lost", "ada", Instant.EPOCH, Optional.empty(), new Inventory(1, 9, Optional.empty(), "waived"));
        return Waivers.changed(TableRecord.NEW, new WaiverChange(List.of(waiver), List.of()), FORMS, OLDER);
    }
}
