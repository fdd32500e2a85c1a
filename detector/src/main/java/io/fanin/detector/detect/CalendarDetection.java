package io.fanin.detector.detect;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartition;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
import java.time.LocalDateTime;
import java.time.temporal.TemporalUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The partitions of all periods that begin between two times, without the registered ones, whether they are in S3 or
 * not. Nothing is listed.
 *
 * @param from inclusive
 * @param to exclusive
 * @param zone of the keys: periods that its clocks skip are left out
 */
record CalendarDetection(
        LocalDateTime from,
        LocalDateTime to,
        KeyZone zone,
        TableDefinition table,
        SourceMapping mapping,
        PublishedTableState published,
        PartitionSelector selection)
        implements Detection {

    private static final long MAX_PERIODS = 1_000_000;

    @Override
    public DetectionResult detect() {
        Periods periods = new Periods(table.keys());
        TemporalUnit unit = periods.length().orElseThrow(this::notAllTimes);
        LocalDateTime first = firstPeriod(periods, unit);
        requireBounded(unit.between(first, to));
        Map<PartitionValues, OutstandingFailure> failed = published.failures();
        EquivalentValues forms = published.forms();
        Iterator<ObservedPartition> observations = Stream.iterate(
                        first, moment -> moment.isBefore(to), moment -> moment.plus(1, unit))
                .filter(moment -> !zone.isSkipped(moment, unit))
                .map(moment -> observation(periods.valuesAt(moment).orElseThrow(this::notAllTimes), forms, failed))
                .iterator();
        try (selection) {
            return selection.select(observations);
        }
    }

    /** The first period that begins at or after the first time. */
    private LocalDateTime firstPeriod(Periods periods, TemporalUnit unit) {
        LocalDateTime begun = periods.valuesAt(from)
                .flatMap(new PartitionTime(table.keys())::of)
                .orElseThrow(this::notAllTimes);
        return begun.isBefore(from) ? begun.plus(1, unit) : begun;
    }

    /** A period's data is expected where the layout writes it, or where it was when it failed. */
    private ObservedPartition observation(
            PartitionValues values, EquivalentValues forms, Map<PartitionValues, OutstandingFailure> failed) {
        PartitionValues canonical = forms.canonical(values);
        Partition partition = Optional.ofNullable(failed.get(canonical))
                .map(earlier -> mapping.restated(mapping.recalled(earlier), values))
                .orElseGet(() -> mapping.placed(values));
        return new ObservedPartition(canonical, List.of(partition), Optional.empty(), true, List.of());
    }

    private static void requireBounded(long count) {
        if (count > MAX_PERIODS) {
            throw SpecException.at(
                    "$.detection",
                    "expected at most " + MAX_PERIODS + " periods between the two moments, found " + count);
        }
    }

    private SpecException notAllTimes() {
        return SpecException.at(
                "$.detection.mode",
                "calendar needs keys that tell a period and nothing else, and the table's are "
                        + table.keys().stream().map(key -> key.name()).toList());
    }
}
