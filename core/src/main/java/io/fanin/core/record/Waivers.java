package io.fanin.core.record;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes a table's record when partitions are waived, and when waivers end. No partition is both waived and
 * outstanding.
 */
public final class Waivers {

    /** The maximum number of waived partitions of a table. */
    public static final int MAX = 1000;

    private static final Failure NOT_PROCESSED =
            new Failure(FailureCode.NOT_PROCESSED, "it was waived before any run had processed it, and is no longer");

    private Waivers() {}

    /** The waived partitions of a record by the form in which values are compared. */
    public static Map<PartitionValues, RecordedWaiver> byValues(TableRecord record, EquivalentValues forms) {
        return forms.index(record.waived(), RecordedWaiver::values);
    }

    /**
     * The record after a run's change: a partition's failure is kept with its waiver.
     *
     * @throws IllegalStateException if there are more than {@link #MAX} then
     */
    public static TableRecord changed(TableRecord record, WaiverChange change, EquivalentValues forms, RunId run) {
        if (change.equals(WaiverChange.NONE)) {
            return record;
        }
        Map<PartitionValues, RecordedWaiver> all = byValues(record, forms);
        List<RecordedWaiver> over = change.unwaive().stream()
                .flatMap(values -> Optional.ofNullable(all.remove(forms.canonical(values))).stream())
                .toList();
        Map<PartitionValues, OutstandingFailure> outstanding =
                forms.index(record.outstanding(), OutstandingFailure::values);
        change.waive().forEach(waiver -> {
            PartitionValues values = forms.canonical(waiver.values());
            Optional<OutstandingFailure> failure = Optional.ofNullable(outstanding.get(values))
                    .or(() -> Optional.ofNullable(all.get(values)).flatMap(RecordedWaiver::failure))
                    .or(() -> notProcessed(waiver, run));
            all.put(values, new RecordedWaiver(waiver, failure));
        });
        if (all.size() > MAX) {
            throw new IllegalStateException(
                    "expected at most " + MAX + " waived partitions of a table, found " + all.size());
        }
        return returned(
                record.with(
                        forms.without(record.outstanding(), OutstandingFailure::values, all.keySet()),
                        List.copyOf(all.values())),
                over);
    }

    private static Optional<OutstandingFailure> notProcessed(Waiver waiver, RunId run) {
        return waiver.inventory().files() == 0
                ? Optional.empty()
                : Optional.of(OutstandingFailure.first(waiver.partition(), NOT_PROCESSED, run, 0));
    }

    /** The record at a run's reference time: partitions whose waivers have ended are outstanding again. */
    public static TableRecord at(TableRecord record, Instant time) {
        Map<Boolean, List<RecordedWaiver>> isOver = record.waived().stream()
                .collect(Collectors.partitioningBy(waived -> waived.waiver().isOverAt(time)));
        return returned(record.with(record.outstanding(), isOver.get(false)), isOver.get(true));
    }

    private static TableRecord returned(TableRecord record, List<RecordedWaiver> over) {
        Stream<OutstandingFailure> returned =
                over.stream().flatMap(waived -> waived.failure().stream()).map(OutstandingFailure::afresh);
        return record.with(
                Stream.concat(record.outstanding().stream(), returned).toList(), record.waived());
    }

    /** The partitions without data that were waived before, and in this record are neither waived nor outstanding. */
    public static List<PartitionValues> endedWithoutData(TableRecord before, TableRecord now, EquivalentValues forms) {
        List<PartitionValues> waived = before.waived().stream()
                .filter(one -> one.failure().isEmpty())
                .map(RecordedWaiver::values)
                .toList();
        return forms.without(
                waived,
                Function.identity(),
                Stream.concat(
                                now.waived().stream().map(RecordedWaiver::values),
                                now.outstanding().stream().map(OutstandingFailure::values))
                        .toList());
    }

    /** The number of waived partitions; empty for none. */
    public static OptionalLong count(TableRecord record) {
        return record.waived().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(record.waived().size());
    }

    /** The partitions without the waived ones. */
    public static List<Partition> without(List<Partition> partitions, TableRecord record, EquivalentValues forms) {
        return forms.without(
                partitions,
                Partition::values,
                record.waived().stream().map(RecordedWaiver::values).toList());
    }

    /** The waived partitions that have been registered since. */
    public static Set<PartitionValues> healed(
            TableRecord record, Map<PartitionValues, RegisteredPartition> registered) {
        return record.waived().stream()
                .filter(waived -> Optional.ofNullable(registered.get(waived.values()))
                        .filter(waived::healedBy)
                        .isPresent())
                .map(RecordedWaiver::values)
                .collect(Collectors.toSet());
    }
}
