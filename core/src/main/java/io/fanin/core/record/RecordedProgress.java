package io.fanin.core.record;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress in a table's record, which {@link Watermark} moves. The components are those of {@link TableRecord}.
 *
 * @param completeThrough the newest period before which nothing detected is outstanding
 * @param newest the newest registered period
 * @param open the earliest period that the last scan of the whole table found and that is neither registered nor
 *     outstanding
 * @param basis the subject of the progress at that scan
 * @param missing the number of periods without a prefix in that scan
 * @param reopened the earliest period whose waiver has ended since that scan
 * @param outside the time of that scan, if it left partitions registered where the table was before
 * @param counted whether missing periods have counted since the last scan of the whole table
 */
public record RecordedProgress(
        Optional<String> completeThrough,
        Optional<String> newest,
        Optional<String> open,
        Optional<ProgressScope> basis,
        OptionalLong missing,
        Optional<String> reopened,
        Optional<Instant> outside,
        Optional<Boolean> counted) {

    /** The progress of a table of which nothing is known. */
    public static final RecordedProgress NONE = new RecordedProgress(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    RecordedProgress withOpen(String moment) {
        return new RecordedProgress(
                completeThrough, newest, Optional.of(moment), basis, missing, reopened, outside, counted);
    }

    RecordedProgress withReopened(String moment) {
        return new RecordedProgress(
                completeThrough, newest, open, basis, missing, Optional.of(moment), outside, counted);
    }
}
