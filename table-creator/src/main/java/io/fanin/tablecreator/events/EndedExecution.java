package io.fanin.tablecreator.events;

import io.fanin.core.answer.ExecutionError;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import java.util.Optional;

/**
 * An execution that has ended, with what its run folder contains.
 *
 * @param report of the last pass; empty if no pass has ended
 * @param hasFailed whether it failed for another reason than being held at the gate
 */
public record EndedExecution(RunEnd end, RunFolder run, Optional<RunReport> report, boolean hasFailed) {

    /** The execution of this event, with what the folder of its run contains now. */
    public static EndedExecution of(RunEnd end, RunFolder run) {
        Optional<RunReport> report = run.report();
        boolean isHeld = report.map(last -> isHeld(end.status(), end.error().orElse(""), run, last))
                .orElseGet(() -> end.failedWith(ExecutionError.TABLE_PARTIAL));
        return new EndedExecution(end, run, report, !end.hasSucceeded() && !isHeld);
    }

    /**
     * Whether an execution is held at the gate, rather than failed.
     *
     * @param status in the terms of Step Functions
     * @param error that Step Functions tells of it, or a blank text
     * @param run of the execution, whose marker is read if there is no error
     * @param last the report of its last pass
     */
    public static boolean isHeld(String status, String error, RunFolder run, RunReport last) {
        return error.isBlank()
                ? status.equals(ExecutionStatuses.FAILED) && isHeld(run, last)
                : error.equals(ExecutionError.TABLE_PARTIAL.className());
    }

    /** Known from the marker of the last pass: the event of such an execution has no error. */
    private static boolean isHeld(RunFolder run, RunReport last) {
        return run.held(last.header().pass()).isPresent();
    }

    /** Whether it was redriven while another execution was working on the table, and so has not begun another pass. */
    public boolean isRefusedRedrive() {
        return end.failedWith(ExecutionError.REDRIVEN_WHILE_BUSY)
                || (end.failedWith(ExecutionError.TABLE_BUSY)
                        && report.filter(last -> isHeld(run, last))
                                .filter(last -> !run.hasManifest(last.header().pass() + 1))
                                .isPresent());
    }

    /** The table of the run, from the first source that names one; empty if none does. */
    public Optional<TableName> table() {
        return end.tableOfOutput()
                .or(() -> report.map(last -> last.header().table()))
                .or(() -> run.findSpec().map(ResolvedSpec::tableName))
                .or(end::tableOfInput);
    }
}
