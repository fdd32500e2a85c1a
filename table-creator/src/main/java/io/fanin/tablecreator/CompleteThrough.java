package io.fanin.tablecreator;

import io.fanin.core.partition.PartitionTime;
import io.fanin.core.partition.PartitionValues;
import java.time.LocalDateTime;
import java.util.Collection;
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

    Optional<String> advance(
            Optional<String> before, Collection<PartitionValues> registered, Collection<PartitionValues> outstanding) {
        Optional<LocalDateTime> limit =
                outstanding.stream().flatMap(this::moment).min(LocalDateTime::compareTo);
        return Stream.concat(
                        before.map(LocalDateTime::parse).stream(),
                        registered.stream().flatMap(this::moment))
                .filter(moment -> limit.isEmpty() || moment.isBefore(limit.get()))
                .max(LocalDateTime::compareTo)
                .map(LocalDateTime::toString);
    }

    private Stream<LocalDateTime> moment(PartitionValues values) {
        return time.of(values).stream();
    }
}
