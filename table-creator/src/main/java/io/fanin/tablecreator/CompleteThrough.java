package io.fanin.tablecreator;

import io.fanin.core.partition.PartitionTime;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.spec.TableSpec;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest period that is registered and before which nothing outstanding begins, as an ISO local date-time. It never
 * runs ahead of what is outstanding; where nothing registered is known to lie before that, there is none.
 *
 * <p>Only a run that looked at the whole table knows that nothing lies unseen before what it registers. Any other may take
 * it back, and by healing a failure lead it again to the newest period of such a run, never further. A run that takes up
 * what another left has that run's spec, and counts as it did: it saw all of what it processes.
 */
final class CompleteThrough {

    private final PartitionTime time;
    private final boolean sawWholeTable;

    private CompleteThrough(PartitionTime time, boolean sawWholeTable) {
        this.time = time;
        this.sawWholeTable = sawWholeTable;
    }

    /** As a run with this resolved spec moves it. */
    static CompleteThrough of(TableSpec spec) {
        return new CompleteThrough(
                new PartitionTime(spec.definition().keys()),
                spec.detectionOrDefault().seesWholeTable());
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
        return sawWholeTable ? Stream.concat(before, registered.stream().flatMap(this::moment)) : before;
    }

    private Stream<LocalDateTime> moment(PartitionValues values) {
        return time.of(values).stream();
    }
}
