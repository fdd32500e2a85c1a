package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.RecordChange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The run that changed a table's record last.
 *
 * @param folder the URI of its run folder
 * @param registered the number of partitions that it registered
 * @param millisPerPartition the average time of processing, in this run or the last one before it that processed any
 * @param maxAttempts the number of failures after which its spec has scheduled runs leave a partition out, or that of
 *     the run before it, if it was a run of named partitions or of a range; empty for never
 * @param found the table's status before the run's last pass; if it is empty, {@link TableRecord#with(RecordedRun)}
 *     keeps that of the record
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RecordedRun(
        RunId run,
        String folder,
        long registered,
        OptionalLong millisPerPartition,
        Optional<Integer> maxAttempts,
        Optional<Found> found) {

    /** A run that has not processed anything. */
    public RecordedRun(RunId run, String folder, long registered) {
        this(run, folder, registered, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    RecordedRun after(RecordedRun before) {
        return new RecordedRun(
                run,
                folder,
                registered,
                millisPerPartition.isPresent() ? millisPerPartition : before.millisPerPartition,
                maxAttempts,
                found.or(() -> before.found.filter(earlier -> before.run.equals(run))));
    }

    /** The run with the table's status before its last pass. */
    RecordedRun finding(Found status) {
        return new RecordedRun(run, folder, registered, millisPerPartition, maxAttempts, Optional.of(status));
    }

    /** The status that a pass has found; empty if the last run or its last pass was another one. */
    Optional<Found> foundBy(RunId other, int pass) {
        return found.filter(status -> run.equals(other) && status.pass() == pass);
    }

    /**
     * The state when a pass first began, before it changed anything.
     *
     * @param status the table's
     * @param changedBy the last change of the record before; absent if there was none, or it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Found(int pass, TableStatus status, Optional<RecordChange> changedBy) {}
}
