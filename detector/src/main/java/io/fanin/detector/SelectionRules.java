package io.fanin.detector;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.spec.Gaps;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a way to detect asks of the partitions that it sees.
 *
 * @param time the run's reference time
 * @param knowsCatalog whether a sighting without a registration is none that the catalog has; else the catalog is asked
 *     for its values
 * @param lateData whether registered partitions are compared with what S3 has
 * @param maxAttempts after how many failures a partition is set aside
 * @param takesUp which of the table's outstanding failures are taken up again
 * @param isNews whether what was seen changes what the table's record says of its progress
 * @param undecided gets each partition that was seen and is left for a later run: it waits, is in conflict or set aside
 * @param gaps what periods without a prefix mean; empty where they are not looked for
 */
record SelectionRules(
        Instant time,
        Predicate<PartitionValues> knowsCatalog,
        boolean lateData,
        Optional<Integer> maxAttempts,
        Predicate<PartitionValues> takesUp,
        Predicate<DetectionReport> isNews,
        Consumer<Partition> undecided,
        Optional<Gaps> gaps) {

    /**
     * Up to where a table can have got. Producers write local times, of which none is further ahead; what lies beyond is
     * a producer's mistake, and no later period may be passed over because of it.
     */
    LocalDateTime horizon() {
        return LocalDateTime.ofInstant(time, ZoneOffset.MAX);
    }
}
