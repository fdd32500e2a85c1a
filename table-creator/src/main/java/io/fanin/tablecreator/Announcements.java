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

    /** Tells what the pass came to, and gives its answer. */
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
     * Tells what has not been told of an execution that has ended: its last pass, and where it failed otherwise than by the
     * gate that it failed. An execution of a Map is none of its own.
     *
     * @throws NotificationFailedException when somebody could not be told; nothing is lost when this is asked again
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

    /** The error says so, where the event has one; else that the gate has held the last pass. */
    private static boolean isHeld(RunFolder run, Optional<RunReport> report, RunEnd end) {
        return end.failedWith(HELD)
                || (end.failedWithoutAName()
                        && report.filter(last -> run.held(last.pass()).isPresent())
                                .isPresent());
    }

    /**
     * What is known to have been told of a run.
     *
     * @param told the ids of the events, sent now or before
     */
    record EndedAnswer(String run, List<String> told) {}
}
