package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The progress in a table's record, which {@link Watermark} moves. Moments are in the local time of the table's keys.
 *
 * @param completeThrough the newest period before which nothing detected is outstanding
 * @param open the earliest period that the last scan of the whole table found and that is neither registered nor
 *     outstanding: it waits, is in conflict, or is missing where the spec counts that
 * @param basis the subject of the progress at that scan; absent if no scan has led to any progress
 * @param missing the number of periods without a prefix in that scan; absent if the spec does not count them as
 *     outstanding
 * @param reopened the earliest period that may be missing since that scan, as its waiver or its failure has ended, or
 *     as nothing before it was seen: the next one looks at the whole table again, which alone shows whether the period
 *     is missing
 * @param outside the time of that scan, if it left partitions registered where the table was before: outside of its
 *     location, or at prefixes of another layout
 * @param counted whether missing periods have counted since the last scan of the whole table: otherwise the first scan
 *     that counts them looks at the whole table, since no window shows those before it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RecordedProgress(
        Optional<String> completeThrough,
        @JsonUnwrapped Reach reach,
        Optional<String> open,
        Optional<ProgressScope> basis,
        OptionalLong missing,
        Optional<String> reopened,
        Optional<Instant> outside,
        Optional<Boolean> counted) {

    /**
     * How far the table is known.
     *
     * @param newest the newest registered period, regardless of outstanding ones before it: the value of
     *     {@code completeThrough} if nothing is outstanding
     * @param found the newest outstanding period at the last scan of the whole table, if it is after all registered
     *     ones: passes that follow from that scan lead as far, and no further
     * @param late the periods of registered partitions that waited at the last scan of the whole table, most of them
     *     with late data: scans look into them until that is processed, however long ago they are
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Reach(
            Optional<String> newest,
            Optional<String> found,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> late) {

        /** The reach of an unknown table. */
        public static final Reach NONE = new Reach(Optional.empty(), Optional.empty(), List.of());

        /** If a document lacks {@code late}, there are none. */
        public Reach {
            late = late == null ? List.of() : List.copyOf(late);
            Stream.concat(Stream.of(newest, found).flatMap(Optional::stream), late.stream())
                    .forEach(LocalDateTime::parse);
        }
    }

    public RecordedProgress {
        reach = reach == null ? Reach.NONE : reach;
        Stream.of(completeThrough, open, reopened).flatMap(Optional::stream).forEach(LocalDateTime::parse);
    }

    /** The progress of a table of which nothing is known. */
    public static final RecordedProgress NONE = new RecordedProgress(
            Optional.empty(),
            Reach.NONE,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The newest registered period. */
    public Optional<String> newest() {
        return reach.newest;
    }

    /** The newest outstanding period that the last scan of the whole table has found after all registered ones. */
    public Optional<String> found() {
        return reach.found;
    }

    /** The periods of registered partitions that waited. */
    public List<String> late() {
        return reach.late;
    }

    /** Whether a scan that begins where this progress ends misses nothing that is left before. */
    boolean setsWindow(boolean countsGaps) {
        return newest().isPresent() && reopened.isEmpty() && (!countsGaps || counted.isPresent());
    }

    /**
     * The earliest period that may be missing after a scan that did not look at the whole table. What had set its
     * window may be gone, as where the Glue table was created anew during the run.
     *
     * @param from the beginning of the scan
     */
    Optional<String> reopenedAfter(String from) {
        return newest().isEmpty() ? Optional.of(from) : reopened;
    }

    RecordedProgress withOpen(String moment) {
        return new RecordedProgress(
                completeThrough, reach, Optional.of(moment), basis, missing, reopened, outside, counted);
    }

    /**
     * The same progress of a table in which nothing is left open, since nothing is there. If that was by mistake, and
     * everything comes back, the first scan that counts missing periods has to look at all of it.
     */
    RecordedProgress withoutGaps() {
        return new RecordedProgress(
                completeThrough,
                reach,
                Optional.empty(),
                basis,
                OptionalLong.empty(),
                Optional.empty(),
                outside,
                Optional.empty());
    }

    RecordedProgress withReopened(String moment) {
        return new RecordedProgress(
                completeThrough, reach, open, basis, missing, Optional.of(moment), outside, counted);
    }
}
