package io.fanin.tablecreator;

import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.tablecreator.events.Announcement;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EndedExecution;
import io.fanin.tablecreator.events.NotificationFailedException;
import io.fanin.tablecreator.events.RunEnd;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.NoticeContext;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies programs and people of how runs ended. A pass is announced when its report is written, and succeeds even if
 * no notification could be sent: the table-creator is invoked again when the execution has ended, and then sends the
 * missing notifications.
 */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final ObjectStore state;
    private final RunFolders runs;
    private final TableRecords records;
    private final Announcer announcer;
    private final Notices notices;
    private final TableMetrics metrics;
    private final LaterSuccess laterSuccess;

    Announcements(
            ObjectStore state, Announcer announcer, Notices notices, TableMetrics metrics, LaterSuccess laterSuccess) {
        this.state = state;
        this.runs = new RunFolders(state);
        this.records = new TableRecords(state);
        this.announcer = announcer;
        this.notices = notices;
        this.metrics = metrics;
        this.laterSuccess = laterSuccess;
    }

    /** Notifies people of the table's state after a pass, under the table's lease. */
    void passEnded(RunFolder run, TableCreatorAnswer answer, Execution execution, LeasedRecord record) {
        notices.send(
                record,
                new NoticeContext(
                        run,
                        execution.id(),
                        execution.started(),
                        answer.table(),
                        answer.onPartial() == OnPartial.FAIL
                                ? NoticeContext.AdvisedAction.REDRIVE
                                : NoticeContext.AdvisedAction.WAIT,
                        Optional.empty(),
                        subject(run.changesWaivers())));
    }

    /** Announces the result of a pass. */
    void announce(TableCreatorInput.Register request, TableCreator.PassOutcome pass) {
        if (announcer.hasListeners()) {
            RunFolder run = runs.of(request.run());
            announcer.send(
                    run,
                    Announcement.ofPass(run, pass.report(), request.execution().id()));
        }
    }

    /**
     * Sends the missing notifications of an execution that has ended: the events of its last pass, and of a failure
     * other than being held at the gate, and the notices for people. Executions of a Map are ignored.
     *
     * @throws NotificationFailedException if something could not be sent; the call can be repeated
     */
    EndedAnswer ended(RunEnd any) {
        if (any.isOfMap() || !(announcer.hasListeners() || notices.hasListeners())) {
            return new EndedAnswer(any.name(), List.of());
        }
        RunFolder run = runs.of(new RunId(any.name()));
        EndedExecution ended = withTable(EndedExecution.of(any, run));
        RunEnd end = ended.end();
        List<Announcement> announcements = new ArrayList<>();
        ended.report().ifPresent(last -> announcements.add(Announcement.ofPass(run, last, end.executionArn())));
        if (ended.hasFailed()) {
            announcements.add(Announcement.ofFailure(run, end));
        }
        List<String> unreached = new ArrayList<>();
        for (Announcement announcement : announcements) {
            unreached.addAll(announcer.send(run, announcement));
        }
        if (notices.hasListeners()) {
            unreached.addAll(notifyPeople(ended));
        }
        if (!unreached.isEmpty()) {
            throw new NotificationFailedException("Some listeners could not be notified of the end of run " + run.run()
                    + ": " + String.join(", ", unreached) + ". The log says why.");
        }
        return new EndedAnswer(
                end.name(),
                announcements.stream()
                        .map(announcement -> announcement.event().id())
                        .toList());
    }

    /**
     * A run that fails before it has read its spec does not know its table; the one of all tables that started it does.
     */
    private EndedExecution withTable(EndedExecution ended) {
        if (!ended.hasFailed() || ended.table().isPresent()) {
            return ended;
        }
        return ended.end()
                .startedBy()
                .flatMap(all -> new AllTablesFolder(state, all).selection())
                .flatMap(selection -> selection.items().stream()
                        .filter(item -> item.name().equals(ended.end().name()))
                        .findFirst())
                .map(item -> EndedExecution.of(ended.end().of(item.table()), ended.run()))
                .orElse(ended);
    }

    /**
     * Notifies people of the table's state according to its record, and that the run failed, or that runs with its
     * input no longer fail. Passes are not reported twice. No notice is sent for a refused redrive, whose caller sees
     * the refusal, or for a failure that a later success has ended.
     */
    private List<String> notifyPeople(EndedExecution ended) {
        RunEnd end = ended.end();
        if (end.wasBusy()) {
            ended.table().ifPresent(name -> metrics.writeState(name, records.read(name)));
        }
        if (end.sawNothing() || ended.isRefusedRedrive()) {
            return List.of();
        }
        Optional<TableName> table = ended.table();
        if (ended.hasFailed()
                && table.filter(name -> laterSuccess.ends(end, name)).isPresent()) {
            return List.of();
        }
        NoticeContext context = new NoticeContext(
                ended.run(),
                end.executionArn(),
                end.started(),
                table.map(TableName::toString)
                        .or(() -> end.specOfInput().map(uri -> LogSafe.name(uri)))
                        .orElse("unknown"),
                next(end),
                ended.hasFailed() ? Optional.of(RunFailure.of(end)) : Optional.empty(),
                subject(end.changesWaivers()));
        List<String> unreached = new ArrayList<>();
        table.ifPresent(name -> {
            LeasedRecord record = record(name);
            unreached.addAll(notices.send(record, context));
            if (end.hasSucceeded() && ended.report().isEmpty()) {
                metrics.writeState(name, record.known());
            }
        });
        boolean mayFailUnnamed = end.tableOfInput().isEmpty();
        if (mayFailUnnamed && (table.isEmpty() || !ended.hasFailed())) {
            unreached.addAll(notices.send(records.ofUnnamed(end.lastingInput()), context.ofInput()));
        }
        return unreached;
    }

    /** The table's record; if it cannot be read, which may be what made the run fail, one that tells of that. */
    private LeasedRecord record(TableName table) {
        try {
            return records.open(table);
        } catch (UnreadableDocumentException e) {
            LOG.error("{}", e.getMessage());
            return records.ofUnnamed(table.toString());
        }
    }

    private static NoticeContext.Subject subject(boolean changesWaivers) {
        return changesWaivers ? NoticeContext.Subject.TABLE_BY_WAIVERS : NoticeContext.Subject.TABLE;
    }

    /** A redrive has the same input; for a spec in S3 that is only its URI, so the spec may be corrected. */
    private static NoticeContext.AdvisedAction next(RunEnd end) {
        if (end.hasSucceeded()) {
            return NoticeContext.AdvisedAction.WAIT;
        }
        return end.failedWith(ExecutionError.SPEC_REFUSED) || end.failedWith(ExecutionError.NOTHING_FITS)
                ? NoticeContext.AdvisedAction.START_ANOTHER
                : NoticeContext.AdvisedAction.REDRIVE;
    }

    /**
     * The notifications of a run.
     *
     * @param sent the ids of the events that have been sent, now or before
     */
    record EndedAnswer(String run, List<String> sent) {}
}
