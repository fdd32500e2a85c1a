package io.fanin.core.answer;

import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunReport;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Optional;

/**
 * Partitions that had no data in a pass, so that they are neither registered nor failed. One that had failed before is
 * no longer outstanding.
 *
 * @param sample the names of the first of them; the report names more
 */
public record SkippedPartitions(long count, List<String> sample) {

    private static final int SAMPLE = 5;

    public SkippedPartitions {
        sample = List.copyOf(sample);
    }

    /** Those of a pass; empty if there are none. */
    public static Optional<SkippedPartitions> of(RunReport report) {
        if (report.skipped().count() == 0) {
            return Optional.empty();
        }
        return Optional.of(new SkippedPartitions(
                report.skipped().count(),
                report.skipped().sample().stream()
                        .limit(SAMPLE)
                        .map(PartitionLabel::partition)
                        .map(LogSafe::name)
                        .toList()));
    }
}
