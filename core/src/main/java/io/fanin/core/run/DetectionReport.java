package io.fanin.core.run;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What detection saw.
 *
 * @param found prefixes that are partitions
 * @param registered those of them that the catalog has
 * @param reasons the partitions that have to be processed, counted by reason
 * @param skipped names that are no partitions, counted by reason
 * @param skippedSample the first of them
 */
public record DetectionReport(
        long found,
        long registered,
        Map<Reason, Long> reasons,
        Map<SkipReason, Long> skipped,
        List<Skip> skippedSample) {

    /** Reports of an earlier version count no reasons. */
    public DetectionReport {
        reasons = reasons == null ? Map.of() : reasons;
    }

    /** The report of a detection that looked at no prefixes. */
    public static DetectionReport unseen(Collection<Candidate> candidates) {
        return new DetectionReport(0, 0, counted(candidates), Map.of(), List.of());
    }

    /** How many candidates there are for each reason. */
    public static Map<Reason, Long> counted(Collection<Candidate> candidates) {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        candidates.forEach(candidate -> counts.merge(candidate.reason(), 1L, Long::sum));
        return counts;
    }

    public long skippedTotal() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
}
