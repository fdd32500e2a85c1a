package io.fanin.core.run;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import java.util.List;
import java.util.Map;

/**
 * What detection saw.
 *
 * @param found prefixes that are partitions
 * @param registered those of them that the catalog has
 * @param skipped names that are no partitions, counted by reason
 * @param skippedSample the first of them
 */
public record DetectionReport(long found, long registered, Map<SkipReason, Long> skipped, List<Skip> skippedSample) {

    public static final DetectionReport NONE = new DetectionReport(0, 0, Map.of(), List.of());

    public long skippedTotal() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
}
