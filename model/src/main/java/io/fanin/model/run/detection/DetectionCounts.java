package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.Tally;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Map;

/**
 * The counts of a detection, with the first partitions of each kind by name. Fields missing from a document have their
 * defaults.
 *
 * @param found prefixes that are partitions
 * @param registered prefixes whose partitions are in the catalog
 * @param pending the partitions to process
 * @param waiting partitions that are not ready to be processed
 * @param setAside partitions that failed too often to be tried again without being named
 * @param missing periods without a prefix
 * @param skips names that are not partitions
 * @param changes the run's changes to the table other than registering partitions
 */
public record DetectionCounts(
        long found,
        long registered,
        @JsonUnwrapped Pending pending,
        Tally waiting,
        Tally setAside,
        MissingPeriods missing,
        @JsonUnwrapped Skips skips,
        @JsonUnwrapped CatalogChanges changes) {

    public DetectionCounts {
        waiting = waiting == null ? Tally.NONE : waiting;
        setAside = setAside == null ? Tally.NONE : setAside;
        missing = missing == null ? MissingPeriods.NONE : missing;
    }

    /** The counts of a detection that listed no prefixes. */
    static DetectionCounts unseen(Pending pending, Skips skips) {
        return new DetectionCounts(
                0, 0, pending, Tally.NONE, Tally.NONE, MissingPeriods.NONE, skips, CatalogChanges.NONE);
    }

    DetectionCounts withMissing(MissingPeriods others) {
        return new DetectionCounts(found, registered, pending, waiting, setAside, others, skips, changes);
    }

    DetectionCounts adding(List<Column> columns) {
        return new DetectionCounts(
                found, registered, pending, waiting, setAside, missing, skips, changes.adding(columns));
    }

    /**
     * The partitions to process, counted by reason.
     *
     * @param sample the first of them for each reason
     */
    public record Pending(Map<Reason, Long> reasons, List<Plan.Planned> sample) {

        public static final Pending NONE = new Pending(Map.of(), List.of());

        public Pending {
            reasons = reasons == null ? Map.of() : reasons;
            sample = sample == null ? List.of() : sample;
        }
    }

    /**
     * Names that are not partitions, counted by reason.
     *
     * @param sample the first of them for each reason
     */
    public record Skips(
            @JsonProperty("skipped") Map<SkipReason, Long> reasons,
            @JsonProperty("skippedSample") List<Skip> sample) {

        public static final Skips NONE = new Skips(Map.of(), List.of());

        public Skips {
            reasons = reasons == null ? Map.of() : reasons;
            sample = sample == null ? List.of() : sample;
        }

        public long total() {
            return reasons.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
