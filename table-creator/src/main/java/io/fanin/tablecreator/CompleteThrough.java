package io.fanin.tablecreator;

import io.fanin.core.partition.PartitionTime;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest period that is registered and before which nothing outstanding begins, as an ISO local date-time. It never
 * runs ahead of what is outstanding; where nothing registered is known to lie before that, there is none.
 */
final class CompleteThrough {

    private final PartitionTime time;

    CompleteThrough(PartitionTime time) {
        this.time = time;
    }

    /** The record with its progress as it is when these partitions, too, are registered. */
    TableRecord advanced(TableRecord record, Collection<PartitionValues> registered) {
        Optional<LocalDateTime> firstOutstanding = record.outstanding().stream()
                .map(OutstandingFailure::partition)
                .flatMap(partition -> moment(partition.values()))
                .min(Comparator.naturalOrder());
        Optional<LocalDateTime> completeThrough = known(record, registered)
                .filter(moment -> firstOutstanding.isEmpty() || moment.isBefore(firstOutstanding.get()))
                .max(Comparator.naturalOrder());
        Optional<LocalDateTime> newest = known(record, registered).max(Comparator.naturalOrder());
        return record.withProgress(completeThrough.map(LocalDateTime::toString), newest.map(LocalDateTime::toString));
    }

    private Stream<LocalDateTime> known(TableRecord record, Collection<PartitionValues> registered) {
        Stream<LocalDateTime> before = Stream.of(record.completeThrough(), record.newest())
                .flatMap(Optional::stream)
                .map(LocalDateTime::parse);
        return Stream.concat(before, registered.stream().flatMap(this::moment));
    }

    private Stream<LocalDateTime> moment(PartitionValues values) {
        return time.of(values).stream();
    }
}
