package io.fanin.detector.source;

import io.fanin.detector.walk.PrefixWalk;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PeriodBounds;
import java.time.LocalDateTime;
import java.util.function.Consumer;

/**
 * Walks the folder in which the table's data arrives, and maps the prefixes found there to the table's partitions.
 *
 * @param walk of that folder
 */
public record SourceWalk(PrefixWalk walk, SourceMapping mapping, Consumer<Skip> skips) {

    /** Passes every partition to the consumer. */
    public void all(Consumer<Partition> consumer) {
        walk.walk(taking(consumer));
    }

    /**
     * Passes at least the partitions whose period begins at or after a moment to the consumer.
     *
     * @param from inclusive
     */
    public void from(LocalDateTime from, Consumer<Partition> consumer) {
        walk.walk(PeriodBounds.from(mapping.keys(), from), taking(consumer));
    }

    /**
     * Passes the partitions whose period begins between two moments to the consumer.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public void within(LocalDateTime from, LocalDateTime to, Consumer<Partition> consumer) {
        walk.walk(new PeriodBounds(mapping.keys(), from, to), taking(consumer));
    }

    private Consumer<Partition> taking(Consumer<Partition> consumer) {
        return found -> mapping.taken(found, skips).ifPresent(consumer);
    }
}
