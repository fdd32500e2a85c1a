package io.fanin.core.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.run.RunId;
import io.fanin.core.run.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What detection saw.
 *
 * @param from where the listing began: earlier periods were not looked at; empty when everything was
 * @param found prefixes that are partitions
 * @param registered those of them that the catalog has
 * @param reasons the partitions that have to be processed, counted by reason
 * @param sample the first of them for each reason
 * @param waiting partitions that are not ready to be processed
 * @param setAside partitions that failed too often to be tried again without being named
 * @param missing periods without a prefix
 * @param skipped names that are no partitions, counted by reason
 * @param skippedSample the first of them for each reason
 * @param after the run that had changed the table's record last when this was seen; another one since has seen more
 * @param horizon the latest moment at which a period of the table can have begun; empty where no run has reckoned it
 * @param newest the newest period that was seen in S3 and is registered, not after the horizon
 * @param open the earliest period that was seen and may be neither processed nor passed over: it waits, is in conflict, or is
 *     missing where the spec counts that
 * @param tableCreated when Glue's table was created whose partitions were seen; empty where there was none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DetectionReport(
        Optional<String> from,
        long found,
        long registered,
        Map<Reason, Long> reasons,
        List<Plan.Planned> sample,
        Tally waiting,
        Tally setAside,
        MissingPeriods missing,
        Map<SkipReason, Long> skipped,
        List<Skip> skippedSample,
        Optional<RunId> after,
        Optional<String> horizon,
        Optional<String> newest,
        Optional<String> open,
        Optional<Instant> tableCreated) {

    /** Fields that a document leaves out have their defaults. */
    public DetectionReport {
        from = from == null ? Optional.empty() : from;
        reasons = reasons == null ? Map.of() : reasons;
        sample = sample == null ? List.of() : sample;
        waiting = waiting == null ? Tally.NONE : waiting;
        setAside = setAside == null ? Tally.NONE : setAside;
        missing = missing == null ? MissingPeriods.NONE : missing;
        after = after == null ? Optional.empty() : after;
        horizon = horizon == null ? Optional.empty() : horizon;
        newest = newest == null ? Optional.empty() : newest;
        open = open == null ? Optional.empty() : open;
        tableCreated = tableCreated == null ? Optional.empty() : tableCreated;
    }

    /**
     * The report of a detection that looked at no prefixes.
     *
     * @param horizon the latest moment at which a period of the table can have begun
     */
    public static DetectionReport unseen(
            Map<Reason, Long> reasons, List<Plan.Planned> sample, Optional<String> horizon) {
        return unseen(reasons, sample, Map.of(), List.of(), horizon);
    }

    /** The same of one that has skipped names. */
    public static DetectionReport unseen(
            Map<Reason, Long> reasons,
            List<Plan.Planned> sample,
            Map<SkipReason, Long> skipped,
            List<Skip> skippedSample,
            Optional<String> horizon) {
        return new DetectionReport(
                Optional.empty(),
                0,
                0,
                reasons,
                sample,
                Tally.NONE,
                Tally.NONE,
                MissingPeriods.NONE,
                skipped,
                skippedSample,
                Optional.empty(),
                horizon,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same report of a table that was there.
     *
     * @param created when it was created; empty where it was not there, or Glue does not say
     */
    public DetectionReport ofTable(Optional<Instant> created) {
        return new DetectionReport(
                from,
                found,
                registered,
                reasons,
                sample,
                waiting,
                setAside,
                missing,
                skipped,
                skippedSample,
                after,
                horizon,
                newest,
                open,
                created);
    }

    /**
     * The same report with what another one says of the whole table: a run takes up what that one's run has left, and nobody
     * has recorded yet what was seen then.
     *
     * @param lastRun the run that may have changed the table's record last for this to be news
     */
    public DetectionReport seeing(DetectionReport other, Optional<RunId> lastRun) {
        return new DetectionReport(
                other.from,
                found,
                registered,
                reasons,
                sample,
                waiting,
                setAside,
                other.missing,
                skipped,
                skippedSample,
                lastRun,
                horizon,
                other.newest,
                other.open,
                tableCreated);
    }

    /**
     * Whether nobody has changed the table's record since this was seen, but the run that acts on it.
     *
     * @param lastRun the run that changed the record last
     */
    public boolean isNewerThan(Optional<RunId> lastRun, RunId acting) {
        return lastRun.equals(after) || lastRun.equals(Optional.of(acting));
    }

    /** Whether there was a partition to be seen; a run that takes up what another left looks at no prefixes. */
    public boolean sawAnything() {
        return found > 0 || newest.isPresent() || open.isPresent();
    }

    public long skippedTotal() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
}
