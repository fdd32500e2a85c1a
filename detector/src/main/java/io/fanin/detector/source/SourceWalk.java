package io.fanin.detector.source;

import io.fanin.detector.walk.PrefixWalk;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.partition.Periods;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks the folder in which the table's data arrives, and maps the prefixes found there to the table's partitions.
 * Bounds are times of the table's keys. The source's keys may tell less of them, an hour being plain text there, or
 * another time: they only leave out what is certainly outside.
 *
 * @param walk of that folder
 * @param keys the table's
 */
public record SourceWalk(PrefixWalk walk, SourceMapping mapping, List<PartitionKey> keys, Consumer<Skip> skips) {

    /** Passes every partition to the consumer. */
    public void all(Consumer<Partition> consumer) {
        walk.walk(taking(consumer));
    }

    /**
     * Passes the partitions whose period begins at or after a moment to the consumer, and those without a period.
     *
     * @param from inclusive
     */
    public void from(LocalDateTime from, Consumer<Partition> consumer) {
        within(from, LocalDateTime.MAX, consumer);
    }

    /**
     * Passes the partitions whose period begins between two moments to the consumer.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public void within(LocalDateTime from, LocalDateTime to, Consumer<Partition> consumer) {
        PeriodBounds bounds = new PeriodBounds(keys, from, to);
        Consumer<Partition> bounded = taking(partition -> {
            if (bounds.include(partition.values())) {
                consumer.accept(partition);
            }
        });
        if (mapping.keepsTime()) {
            List<PartitionKey> listed = mapping.keys();
            walk.walk(new PeriodBounds(listed, new Periods(listed).begin(from), to), bounded);
        } else {
            walk.walk(bounded);
        }
    }

    private Consumer<Partition> taking(Consumer<Partition> consumer) {
        return found -> mapping.taken(found, skips).ifPresent(consumer);
    }
}
