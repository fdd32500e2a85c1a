package io.fanin.tablecreator.events;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.text.LogSafe;

/** An event of a run, sent once to each listener. */
public record Announcement(Kind kind, Event event) {

    private static final int MAX_CAUSE = 2_000;

    /** The event of a pass. */
    public static Announcement ofPass(RunFolder run, RunReport report, String execution) {
        Kind kind = Kind.of(report);
        return new Announcement(
                kind,
                TableEvent.ofPass(
                        run.run() + "/" + report.header().pass() + "/" + kind.word(),
                        report,
                        execution,
                        run.reportUri()));
    }

    /**
     * The event of a run of all tables.
     *
     * @param redrives the number of redrives of the execution: each redrive is announced again
     */
    public static Announcement ofAllTables(AllTablesReport report, int redrives, String reportUri) {
        Kind kind = report.status() == TableStatus.PARTIAL ? Kind.ALL_PARTIAL : Kind.ALL_COMPLETE;
        return new Announcement(
                kind, AllTablesEvent.of(report.run() + "/" + redrives + "/" + kind.word(), report, reportUri));
    }

    /** The event of an execution that has failed before it finished. */
    public static Announcement ofFailure(RunFolder run, RunEnd end) {
        String id = run.run() + "/" + end.moment() + "/" + Kind.FAILED.word();
        TableEvent.End how = new TableEvent.End(
                end.status(), LogSafe.of(end.errorOrStatus()), LogSafe.beginning(end.causeInWords(), MAX_CAUSE));
        return new Announcement(
                Kind.FAILED,
                run.report()
                        .map(last -> TableEvent.ofPass(id, last, end.executionArn(), run.reportUri()))
                        .orElseGet(() -> TableEvent.ofRun(id, run, end))
                        .failedWith(how));
    }
}
