package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.table.Column;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings of a detection besides the partitions to process: its counts, and the times that determine the table's
 * progress. Written to the run folder by the detector, and read by the table-creator at the end of the pass.
 *
 * @param from where the listing began: earlier periods were not listed; empty if everything was listed
 * @param after the last change of the table's record at the time; a later one has newer findings
 * @param horizon the latest time at which a period of the table can have begun; empty if it was not computed
 * @param newest the newest registered period that was seen in S3, not after the horizon
 * @param open the earliest period that was seen and left to a later run: it waits, is in conflict, or is missing where
 *     the spec counts that
 * @param outside the time of a detection that left partitions registered outside of the table's location, where their
 *     data still was, although it saw data of them at the location
 * @param unverified the registered partitions that no run has processed, once the run has verified those that it
 *     selected for that; empty if they are as the table's record has them, or were not counted
 * @param table the Glue table of these partitions
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DetectionReport(
        Optional<String> from,
        @JsonUnwrapped DetectionCounts counts,
        Optional<RecordChange> after,
        Optional<String> horizon,
        Optional<String> newest,
        Optional<String> open,
        Optional<Instant> outside,
        Optional<UnverifiedCount> unverified,
        @JsonUnwrapped SeenTable table) {

    /**
     * The Glue table at the time of the detection.
     *
     * @param tableCreated its creation time; empty if there was no table, or it is not known
     * @param tableRun the run that its parameters named as the last one; empty if they named none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SeenTable(Optional<Instant> tableCreated, Optional<String> tableRun) {

        public static final SeenTable NONE = new SeenTable(Optional.empty(), Optional.empty());
    }

    public DetectionReport {
        Stream.of(horizon, newest, open).flatMap(Optional::stream).forEach(LocalDateTime::parse);
    }

    /** The report of a run without a detection. */
    public static final DetectionReport NONE = unseen(DetectionCounts.Pending.NONE, DetectionCounts.Skips.NONE);

    /** The report of a detection that listed no prefixes, and computed no horizon. */
    public static DetectionReport unseen(DetectionCounts.Pending pending, DetectionCounts.Skips skips) {
        return new DetectionReport(
                Optional.empty(),
                DetectionCounts.unseen(pending, skips),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SeenTable.NONE);
    }

    /** When the Glue table of these partitions was created; empty if there was none. */
    public Optional<Instant> tableCreated() {
        return table.tableCreated();
    }

    /** The same report for a table whose periods can have begun at this time at the latest. */
    public DetectionReport upTo(LocalDateTime latest) {
        return new DetectionReport(
                from, counts, after, Optional.of(latest.toString()), newest, open, outside, unverified, table);
    }

    /** The same report for this table. */
    public DetectionReport ofTable(SeenTable seen) {
        return new DetectionReport(from, counts, after, horizon, newest, open, outside, unverified, seen);
    }

    /** The same findings, with this as the last change of the table's record. */
    public DetectionReport after(RecordChange last) {
        return new DetectionReport(from, counts, Optional.of(last), horizon, newest, open, outside, unverified, table);
    }

    /** The same report for a table to which the run adds these columns. */
    public DetectionReport adding(List<Column> columns) {
        return new DetectionReport(
                from, counts.adding(columns), after, horizon, newest, open, outside, unverified, table);
    }

    /**
     * The same report, completed with another report's findings about the whole table: this run continues that report's
     * run, and the findings have not been recorded yet. They count only if the change that they are after was the last one of
     * the table's record.
     */
    public DetectionReport seeing(DetectionReport other) {
        return new DetectionReport(
                other.from,
                counts.withMissing(other.counts.missing()),
                other.after,
                horizon,
                other.newest,
                other.open,
                other.outside,
                Optional.empty(),
                table);
    }

    /** Whether a partition was found; a run that continues another one lists no prefixes. */
    public boolean sawAnything() {
        return counts.found() > 0 || newest.isPresent() || open.isPresent();
    }
}
