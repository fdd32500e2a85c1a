package io.fanin.detector.source;

import io.fanin.detector.walk.PrefixWalk;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PeriodBounds;
import java.time.LocalDateTime;
import java.util.function.Consumer;

/**
 * Finds the table's partitions where its data comes in.
 *
 * @param walk of the folder there
 */
public record SourceWalk(PrefixWalk walk, SourceMapping mapping, Consumer<Skip> skips) {

    /** Gives every partition to the consumer. */
    public void all(Consumer<Partition> consumer) {
        walk.walk(taking(consumer));
    }

    /**
     * Gives at least those partitions to the consumer whose period begins at a moment or later.
     *
     * @param from inclusive
     */
    public void from(LocalDateTime from, Consumer<Partition> consumer) {
        walk.walk(PeriodBounds.from(mapping.keys(), from), taking(consumer));
    }

    /**
     * Gives those partitions to the consumer whose period begins within two moments.
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
