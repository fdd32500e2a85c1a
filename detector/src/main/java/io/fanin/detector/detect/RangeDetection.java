package io.fanin.detector.detect;

import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.source.SourceWalk;
import java.time.LocalDateTime;

/**
 * Partitions in S3 between two times without the registered ones, and earlier failures between them. Prefixes that
 * cannot hold such a partition are not descended into.
 *
 * @param from inclusive
 * @param to exclusive
 */
record RangeDetection(
        LocalDateTime from,
        LocalDateTime to,
        SourceWalk walk,
        PublishedTableState published,
        PartitionSelector selection)
        implements Detection {

    @Override
    public DetectionResult detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(published.forms())) {
            walk.within(from, to, observations::add);
            return selection.select(observations.iterator());
        }
    }
}
