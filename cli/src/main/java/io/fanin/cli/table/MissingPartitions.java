package io.fanin.cli.table;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.PeriodState;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.table.KeyZone;
import java.time.LocalDateTime;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of the partitions of missing periods. */
record MissingPartitions(List<PartitionKey> keys, Optional<KeyZone> zone) {

    static final int SHOWN = 10;

    /** The first ones of a scan; empty if the keys do not determine them. */
    List<String> first(MissingPeriods missing) {
        return named(missing.sample().stream()
                .map(stretch ->
                        new Stretch(LocalDateTime.parse(stretch.first()), LocalDateTime.parse(stretch.last()))));
    }

    /** The first ones of a table's calendar; empty if the keys do not determine them. */
    List<String> first(List<Calendar.Open> open) {
        return named(open.stream()
                .filter(one -> one.state() == PeriodState.MISSING)
                .map(one -> new Stretch(one.first(), one.last())));
    }

    /** The beginnings of the first and the last of consecutive periods. */
    private record Stretch(LocalDateTime first, LocalDateTime last) {}

    private List<String> named(Stream<Stretch> missing) {
        Periods periods = new Periods(keys);
        return periods.length().stream()
                .flatMap(unit -> missing.flatMap(stretch -> begins(stretch, unit)))
                .flatMap(begin -> periods.valuesAt(begin).stream())
                .map((PartitionValues values) -> values.nameFor(keys))
                .limit(SHOWN)
                .toList();
    }

    /** The beginnings of periods in a stretch, without hours that clocks skip, which are never missing. */
    private Stream<LocalDateTime> begins(Stretch stretch, TemporalUnit unit) {
        return Stream.iterate(stretch.first(), begin -> !begin.isAfter(stretch.last()), begin -> begin.plus(1, unit))
                .filter(begin -> zone.filter(one -> one.isSkipped(begin, unit)).isEmpty());
    }
}
