package io.fanin.tablecreator.events;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.spec.SpecException;
import io.fanin.core.text.LogSafe;
import java.util.Optional;

/**
 * A notification, sent once to each listener.
 *
 * @param event for programs
 * @param subject for people; at most {@value #MAX_SUBJECT} printable ASCII characters, as SNS demands
 * @param message for people
 */
public record Announcement(Kind kind, Event event, String subject, String message) {

    private static final int MAX_SUBJECT = 99;
    private static final int MAX_CAUSE = 2_000;

    /**
     * The notification for a pass.
     *
     * @param isHeld whether the execution waits for a redrive, if the table is partial
     */
    public static Announcement ofPass(RunFolder run, RunReport report, String execution, boolean isHeld) {
        Kind kind = Kind.of(report);
        TableEvent event = TableEvent.ofPass(
                run.run() + "/" + report.header().pass() + "/" + kind.word(), report, execution, run.reportUri());
        String todo = switch (kind) {
            case PARTIAL ->
                " "
                        + (isHeld
                                ? RunSummaryText.redrive(report)
                                : "The next run takes up what is neither missing nor set aside.");
            case COMPLETE, HEALED, FAILED, ALL_COMPLETE, ALL_PARTIAL -> "";
        };
        return new Announcement(
                kind,
                event,
                subject("Table " + report.header().table() + (kind == Kind.PARTIAL ? " is partial" : " is complete")),
                RunSummaryText.state(report) + todo + sources(event));
    }

    /**
     * The notification for a run of all tables.
     *
     * @param redrives how often the execution was redriven: each time it is told anew
     */
    public static Announcement ofAllTables(AllTablesReport report, int redrives, String reportUri) {
        Kind kind = report.status() == TableStatus.PARTIAL ? Kind.ALL_PARTIAL : Kind.ALL_COMPLETE;
        AllTablesEvent event = AllTablesEvent.of(report.run() + "/" + redrives + "/" + kind.word(), report, reportUri);
        return new Announcement(kind, event, subject(kind.detailType()), AllTablesText.state(report));
    }

    /** The notification for an execution that has failed before it finished. */
    public static Announcement ofFailure(RunFolder run, RunEnd end) {
        String id = run.run() + "/" + end.moment() + "/" + Kind.FAILED.word();
        Optional<RunReport> report = run.report();
        TableEvent.End how =
                new TableEvent.End(LogSafe.of(end.errorOrStatus()), LogSafe.beginning(end.causeInWords(), MAX_CAUSE));
        TableEvent event = report.map(last -> TableEvent.ofPass(id, last, end.executionArn(), run.reportUri()))
                .orElseGet(() -> TableEvent.ofRun(id, run.run(), end.executionArn(), subject(run, end)))
                .failedWith(how);
        String table = event.subject()
                .map(about -> " of table " + about.database() + "." + about.table())
                .orElse("");
        return new Announcement(
                Kind.FAILED,
                event,
                subject("Run" + table + " failed"),
                "Run " + run.run() + table + " failed with " + how.error() + ": " + how.cause() + "\n\n"
                        + report.map(last -> RunSummaryText.state(last) + " ").orElse("")
                        + "What was registered stays registered. " + todo(end)
                        + sources(event));
    }

    /**
     * What to do. A redrive has the same input; for a spec in S3 that is only its URI, so the spec may be corrected.
     */
    private static String todo(RunEnd end) {
        return end.failedWith(SpecException.class.getName())
                ? "Correct the spec, then start a new execution with it: a redrive would read the same input again."
                : "Remove the cause, then redrive the execution, or leave it to the next run.";
    }

    private static Optional<TableEvent.Subject> subject(RunFolder run, RunEnd end) {
        return run.findSpec()
                .map(TableEvent.Subject::of)
                .or(() -> end.tableOfInput().map(table -> TableEvent.Subject.of(table, Optional.empty())));
    }

    private static String sources(TableEvent event) {
        return "\n\nExecution: " + event.execution()
                + event.pass().map(pass -> "\nReport: " + pass.report()).orElse("");
    }

    private static String subject(String text) {
        String ascii = text.replaceAll("[^ -~]", "?");
        return ascii.length() <= MAX_SUBJECT ? ascii : ascii.substring(0, MAX_SUBJECT - 3) + "...";
    }
}
