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
 * @param periods those that the detection has seen
 * @param outside the time of a detection that left partitions registered where the table was before: outside of its
 *     location, or at prefixes of another layout
 * @param unverified the registered partitions that no run has processed, once the run has verified those that it
 *     selected for that; empty if they are as the table's record has them, or were not counted
 * @param table the Glue table of these partitions
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DetectionReport(
        Optional<String> from,
        @JsonUnwrapped DetectionCounts counts,
        Optional<RecordChange> after,
        @JsonUnwrapped SeenPeriods periods,
        Optional<Instant> outside,
        Optional<UnverifiedCount> unverified,
        @JsonUnwrapped SeenTable table) {

    /** Later than any period. */
    private static final String NEVER = "9999-12-31T23:59";

    /** The same findings of a detection that has listed parts of the table, and so ends no earlier finding. */
    public DetectionReport ofNoWindow() {
        return new DetectionReport(Optional.of(NEVER), counts, after, periods, outside, unverified, table);
    }

    /**
     * The periods that determine the progress, as ISO local date-times.
     *
     * @param horizon the latest time at which a period of the table can have begun; empty if it was not computed
     * @param newest the newest registered period that was seen in S3, not after the horizon
     * @param oldest the oldest one; not known of runs of earlier versions
     * @param open the earliest period that was seen and left to a later run: it waits, is in conflict, or is missing
     *     where the spec counts that
     * @param late those of registered partitions that wait, most of them with late data; the first ones, if there are
     *     very many
     * @param assumed the earliest period that counts as missing only because an earlier scan has left it open: nothing
     *     of the table was seen before it, or nothing at all
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SeenPeriods(
            Optional<String> horizon,
            Optional<String> newest,
            Optional<String> oldest,
            Optional<String> open,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> late,
            Optional<String> assumed) {

        public static final SeenPeriods NONE = new SeenPeriods(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        /** If a document lacks {@code late}, there are none. */
        public SeenPeriods {
            oldest = oldest == null ? Optional.empty() : oldest;
            assumed = assumed == null ? Optional.empty() : assumed;
            late = late == null ? List.of() : List.copyOf(late);
            Stream.concat(Stream.of(horizon, newest, oldest, open, assumed).flatMap(Optional::stream), late.stream())
                    .forEach(LocalDateTime::parse);
        }
    }

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

    /** The report of a run without a detection. */
    public static final DetectionReport NONE = unseen(DetectionCounts.Pending.NONE, DetectionCounts.Skips.NONE);

    /** The report of a detection that listed no prefixes, and computed no horizon. */
    public static DetectionReport unseen(DetectionCounts.Pending pending, DetectionCounts.Skips skips) {
        return new DetectionReport(
                Optional.empty(),
                DetectionCounts.unseen(pending, skips),
                Optional.empty(),
                SeenPeriods.NONE,
                Optional.empty(),
                Optional.empty(),
                SeenTable.NONE);
    }

    /** The latest time at which a period of the table can have begun; empty if it was not computed. */
    public Optional<String> horizon() {
        return periods.horizon();
    }

    /** The newest registered period that was seen in S3, not after the horizon. */
    public Optional<String> newest() {
        return periods.newest();
    }

    /** The earliest period that was seen and left to a later run. */
    public Optional<String> open() {
        return periods.open();
    }

    /** When the Glue table of these partitions was created; empty if there was none. */
    public Optional<Instant> tableCreated() {
        return table.tableCreated();
    }

    /** The same report for a table whose periods can have begun at this time at the latest. */
    public DetectionReport upTo(LocalDateTime latest) {
        SeenPeriods bounded = new SeenPeriods(
                Optional.of(latest.toString()),
                periods.newest,
                periods.oldest,
                periods.open,
                periods.late,
                periods.assumed);
        return new DetectionReport(from, counts, after, bounded, outside, unverified, table);
    }

    /** The same report for this table. */
    public DetectionReport ofTable(SeenTable seen) {
        return new DetectionReport(from, counts, after, periods, outside, unverified, seen);
    }

    /** The same findings, with this as the last change of the table's record. */
    public DetectionReport after(RecordChange last) {
        return new DetectionReport(from, counts, Optional.of(last), periods, outside, unverified, table);
    }

    /** Whether this change was the record's last one when the detection saw it. */
    public boolean isAfter(RecordChange last) {
        return after.filter(last::isSame).isPresent();
    }

    /** The same report for a table to which the run adds these columns. */
    public DetectionReport adding(List<Column> columns) {
        return new DetectionReport(from, counts.adding(columns), after, periods, outside, unverified, table);
    }

    /**
     * The same report, completed with another report's findings about the whole table: this run continues that report's
     * run, and the findings have not been recorded yet. They count only if the change that they are after was the last
     * one of the table's record.
     */
    public DetectionReport seeing(DetectionReport other) {
        return new DetectionReport(
                other.from,
                counts.withMissing(other.counts.missing()),
                other.after,
                new SeenPeriods(
                        periods.horizon,
                        other.periods.newest,
                        other.periods.oldest,
                        other.periods.open,
                        other.periods.late,
                        other.periods.assumed),
                other.outside,
                Optional.empty(),
                table);
    }

    /** Whether everything was listed of a table in which periods were missing, and nothing was found. */
    public boolean sawThatNothingIsLeft() {
        return !sawAnything() && from.isEmpty() && periods.assumed.isPresent();
    }

    /** Whether a partition was found; a run that continues another one lists no prefixes. */
    public boolean sawAnything() {
        return counts.found() > 0 || newest().isPresent() || open().isPresent();
    }
}
