package io.fanin.tablecreator;

import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.spec.OnPartial;
import io.fanin.tablecreator.events.Announcement;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.NotificationFailedException;
import io.fanin.tablecreator.events.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notifies others of how runs ended. A pass is told of when its report is written, and ends well though nobody could be told:
 * that the execution has ended is told to the table-creator too, and then it tells what nobody has been told yet.
 */
final class Announcements {

    private static final String HELD = TablePartialException.class.getName();

    private final RunFolders runs;
    private final Announcer announcer;

    Announcements(RunFolders runs, Announcer announcer) {
        this.runs = runs;
        this.announcer = announcer;
    }

    /** Announces the result of a pass, and returns its answer. */
    TableCreatorAnswer told(TableCreatorInput.Register request, TableCreator.Registered pass) {
        if (announcer.hasListeners()) {
            RunFolder run = runs.of(request.run());
            boolean isHeld = pass.answer().onPartial() == OnPartial.FAIL;
            announcer.tell(
                    run,
                    Announcement.ofPass(run, pass.report(), request.execution().id(), isHeld));
        }
        return pass.answer();
    }

    /**
     * Sends the missing notifications of an execution that has ended: for its last pass, and for a failure other than
     * being held at the gate. Executions of a Map are ignored.
     *
     * @throws NotificationFailedException when a notification could not be sent; the call can be repeated
     */
    EndedAnswer ended(RunEnd end) {
        if (end.isOfMap() || !announcer.hasListeners()) {
            return new EndedAnswer(end.name(), List.of());
        }
        RunFolder run = runs.of(new RunId(end.name()));
        Optional<RunReport> report = run.report();
        boolean isHeld = isHeld(run, report, end);
        List<Announcement> announcements = new ArrayList<>();
        report.ifPresent(last -> announcements.add(Announcement.ofPass(run, last, end.executionArn(), isHeld)));
        if (!end.hasSucceeded() && !isHeld) {
            announcements.add(Announcement.ofFailure(run, end));
        }
        List<String> untold = announcements.stream()
                .flatMap(announcement -> announcer.tell(run, announcement).stream())
                .toList();
        if (!untold.isEmpty()) {
            throw new NotificationFailedException("Not everybody could be notified of the end of run " + run.run()
                    + ": " + String.join(", ", untold) + ". The log says why.");
        }
        return new EndedAnswer(
                end.name(),
                announcements.stream()
                        .map(announcement -> announcement.event().id())
                        .toList());
    }

    /** Known from the event's error, if it has one; otherwise from the marker of the last pass. */
    private static boolean isHeld(RunFolder run, Optional<RunReport> report, RunEnd end) {
        return end.failedWith(HELD)
                || (end.failedWithoutAName()
                        && report.filter(last -> run.held(last.header().pass()).isPresent())
                                .isPresent());
    }

    /**
     * The notifications of a run.
     *
     * @param told the ids of the events that have been sent, now or before
     */
    record EndedAnswer(String run, List<String> told) {}
}
