package io.fanin.tablecreator.notices;

import io.fanin.core.record.SentNotice;
import io.fanin.core.record.SentNotice.FailedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.spec.ResolvedSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The end of a pass or of an execution, at which notices may be sent.
 *
 * @param execution its ARN
 * @param table {@code database.table}, or the URI of its spec, or {@code unknown} if the run failed before more was
 *     known
 * @param started when the execution was started, or its last pass began if it was redriven; empty if not known
 * @param next the advised action
 * @param failure of the execution; empty if it did not fail, or only waits for a redrive
 * @param subject of the notices, which decides what their end means
 */
public record NoticeContext(
        RunFolder run,
        String execution,
        Optional<Instant> started,
        String table,
        AdvisedAction next,
        Optional<RunFailure> failure,
        Subject subject) {

    /** The subject of notices. */
    public enum Subject {
        /** A table, as a run has found it. */
        TABLE,
        /** A table after a run that only changed waivers, and so does not meet what makes others fail. */
        TABLE_BY_WAIVERS,
        /** Runs with an input that does not name their table, which they may fail to find. */
        INPUT,
        /** A table, spec or database that runs of all tables leave out by mistake. */
        SELECTION
    }

    /** The advised action on an execution. */
    public enum AdvisedAction {
        /** Redrive it: it processes the failed partitions again. */
        REDRIVE,
        /** Start another execution: a redrive would read the same invalid spec again. */
        START_ANOTHER,
        /** Remove the cause: there is no execution, and later runs of all tables start one. */
        REMOVE_CAUSE,
        /** None: it has ended, and later runs continue its work. */
        WAIT
    }

    /**
     * The run that has failed last, if that is not over: this one, or one whose failure this run does not end.
     *
     * @param record which contains what the listener was told last
     */
    Optional<FailedRun> failed(TableRecord record, String listener) {
        Optional<FailedRun> before =
                Optional.ofNullable(record.notices().get(listener)).flatMap(SentNotice::failed);
        if (failure.isEmpty() && subject == Subject.TABLE_BY_WAIVERS) {
            return before;
        }
        if (failure.isEmpty()) {
            return before.filter(one ->
                    started.filter(moment -> one.outlasts(run.run(), moment)).isPresent());
        }
        return started.map(moment -> new FailedRun(run.run(), moment))
                .map(now -> before.map(now::orLater).orElse(now))
                .or(() -> before);
    }

    /** The same end as that of a run with an input that does not name its table. */
    public NoticeContext ofInput() {
        return new NoticeContext(run, execution, started, table, next, failure, Subject.INPUT);
    }

    /**
     * The same with the time at which the last pass began, if the execution was redriven. Reads the run's report and,
     * of a redriven one, a manifest; if they cannot be read, the time stays as it is.
     */
    NoticeContext ofLastPass() {
        try {
            Optional<Instant> began = run.report()
                    .map(last -> last.header().pass())
                    .filter(pass -> pass > 0)
                    .flatMap(run::written);
            return new NoticeContext(run, execution, began.or(() -> started), table, next, failure, subject);
        } catch (SdkException | UnreadableDocumentException e) {
            return this;
        }
    }

    /** The keys by which partitions are named; read only if there is something to report. */
    List<PartitionKey> keys() {
        return run.findSpec()
                .map(ResolvedSpec::definition)
                .map(definition -> definition.keys())
                .orElse(List.of());
    }

    /** The periods without a prefix that the run found; read only if there is something to report. */
    MissingPeriods missing() {
        return run.start()
                .flatMap(RunStart::detected)
                .map(seen -> seen.counts().missing())
                .orElse(MissingPeriods.NONE);
    }

    /** Whether the pass failed as if by its spec; read only if there is something to report. */
    boolean hintsAtSpec() {
        return run.report().filter(RunReport::hintsAtSpec).isPresent();
    }
}
