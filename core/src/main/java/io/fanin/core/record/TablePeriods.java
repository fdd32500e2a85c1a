package io.fanin.core.record;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.table.KeyZone;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When the periods of a table's partitions begin, in the local time of its keys. */
final class TablePeriods {

    private final PartitionTime time;
    private final Periods periods;
    private final int keys;
    private final KeyZone zone;

    TablePeriods(List<PartitionKey> keys, KeyZone zone) {
        this.time = new PartitionTime(keys);
        this.periods = new Periods(keys);
        this.keys = keys.size();
        this.zone = zone;
    }

    /** Empty for values that do not match the keys, because the table was recreated with different ones. */
    Stream<LocalDateTime> of(PartitionValues values) {
        return values.values().size() == keys ? time.of(values).stream() : Stream.empty();
    }

    /** The periods of outstanding partitions. */
    Stream<LocalDateTime> outstanding(TableRecord record) {
        return record.outstanding().stream()
                .flatMap(failure -> of(failure.partition().values()));
    }

    /** The partitions that each fill a period by themselves; none where there are keys other than times. */
    List<PartitionValues> filling(Collection<PartitionValues> partitions) {
        return partitions.stream()
                .filter(values ->
                        of(values).anyMatch(moment -> periods.valuesAt(moment).isPresent()))
                .toList();
    }

    /** The period before a moment's; empty if periods have no length. */
    Optional<LocalDateTime> before(LocalDateTime moment) {
        return periods.length().map(length -> zone.periodBefore(length.begin(moment), length));
    }
}
