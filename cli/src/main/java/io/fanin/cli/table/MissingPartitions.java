package io.fanin.cli.table;

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

    /** The first ones; empty if the keys do not determine them. */
    List<String> first(MissingPeriods missing) {
        Periods periods = new Periods(keys);
        return periods.length().stream()
                .flatMap(unit -> missing.sample().stream().flatMap(stretch -> begins(stretch, unit)))
                .flatMap(begin -> periods.valuesAt(begin).stream())
                .map((PartitionValues values) -> values.nameFor(keys))
                .limit(SHOWN)
                .toList();
    }

    /** An hour that the clocks skip is never missing. */
    private Stream<LocalDateTime> begins(MissingPeriods.Stretch stretch, TemporalUnit unit) {
        LocalDateTime last = LocalDateTime.parse(stretch.last());
        return Stream.iterate(
                        LocalDateTime.parse(stretch.first()),
                        begin -> !begin.isAfter(last),
                        begin -> begin.plus(1, unit))
                .filter(begin -> zone.filter(one -> one.isSkipped(begin, unit)).isEmpty());
    }
}
