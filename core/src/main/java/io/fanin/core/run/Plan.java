package io.fanin.core.run;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.PartitionKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run would do, found out by a run that ended after detection.
 *
 * @param table {@code database.table}
 * @param next what would follow detection
 * @param partitions that would be processed
 * @param batches in which they would be
 * @param reasons the partitions, counted
 * @param sample the first of them for each reason
 * @param found prefixes that are partitions
 * @param registered those of them that the catalog has
 * @param requests that detection made, retries among them, by service and operation
 * @param stateTransitions that the run would cost, as {@link StateTransitions} estimates
 */
public record Plan(
        int version,
        RunId run,
        String table,
        Next next,
        int partitions,
        int batches,
        Map<Reason, Long> reasons,
        List<Planned> sample,
        long found,
        long registered,
        Map<SkipReason, Long> skipped,
        List<Skip> skippedSample,
        Map<String, Long> requests,
        long stateTransitions) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** How many partitions are named for each reason. */
    public static final int SAMPLE = 100;

    /** A partition that would be processed. */
    public record Planned(Reason reason, String partition, String prefix) {

        /** The first of the candidates for each reason, in their order. */
        public static List<Planned> sampleOf(Collection<Candidate> candidates, List<PartitionKey> keys) {
            Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
            return candidates.stream()
                    .filter(candidate -> taken.merge(candidate.reason(), 1, Integer::sum) <= SAMPLE)
                    .map(candidate -> new Planned(
                            candidate.reason(),
                            candidate.partition().values().nameFor(keys),
                            candidate.partition().prefix()))
                    .toList();
        }
    }
}
