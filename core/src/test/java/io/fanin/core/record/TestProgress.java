package io.fanin.core.record;

import io.fanin.core.record.RecordedProgress.Reach;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Progress in the records of tests. */
public final class TestProgress {

    private TestProgress() {}

    /** The progress of a table that no scan has looked at. */
    public static RecordedProgress of(Optional<String> completeThrough, Optional<String> newest) {
        return reaching(completeThrough, new Reach(newest, Optional.empty(), List.of()));
    }

    /** The progress of a table of which a scan has found this period, which has failed, and nothing else. */
    public static RecordedProgress found(String moment) {
        return reaching(Optional.empty(), new Reach(Optional.empty(), Optional.of(moment), List.of()));
    }

    private static RecordedProgress reaching(Optional<String> completeThrough, Reach reach) {
        return new RecordedProgress(
                completeThrough,
                reach,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The record of a table that is complete through this moment, and otherwise as before. */
    public static TableRecord completeThrough(TableRecord record, String moment) {
        RecordedProgress before = record.progress();
        return record.with(new RecordedProgress(
                Optional.of(moment),
                before.reach(),
                before.open(),
                before.basis(),
                before.missing(),
                before.reopened(),
                before.outside(),
                before.counted()));
    }
}
