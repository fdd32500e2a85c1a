package io.fanin.core.run;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What detection saw.
 *
 * @param found prefixes that are partitions
 * @param registered those of them that the catalog has
 * @param reasons the partitions that have to be processed, counted by reason
 * @param skipped names that are no partitions, counted by reason
 * @param skippedSample the first of them
 * @param newest the newest period that was seen and is registered
 * @param open the earliest period that was seen and is left to a later run: it waits, is in conflict, or is missing where the
 *     spec counts that
 */
public record DetectionReport(
        long found,
        long registered,
        Map<Reason, Long> reasons,
        Map<SkipReason, Long> skipped,
        List<Skip> skippedSample,
        Optional<String> newest,
        Optional<String> open) {

    /** Reports of an earlier version have fewer fields. */
    public DetectionReport {
        reasons = reasons == null ? Map.of() : reasons;
        newest = newest == null ? Optional.empty() : newest;
        open = open == null ? Optional.empty() : open;
    }

    /** The report of a detection that looked at no prefixes. */
    public static DetectionReport unseen(Collection<Candidate> candidates) {
        return new DetectionReport(0, 0, counted(candidates), Map.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** How many candidates there are for each reason. */
    public static Map<Reason, Long> counted(Collection<Candidate> candidates) {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        candidates.forEach(candidate -> counts.merge(candidate.reason(), 1L, Long::sum));
        return counts;
    }

    /** Whether there was a partition to be seen; a run that takes up what another left looks at no prefixes. */
    public boolean sawAnything() {
        return found > 0 || newest.isPresent() || open.isPresent();
    }

    public long skippedTotal() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
}
