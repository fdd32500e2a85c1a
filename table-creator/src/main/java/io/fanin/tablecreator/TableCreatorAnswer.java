package io.fanin.tablecreator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.DetectionSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.spec.OnPartial;
import io.fanin.core.spec.TableSpec;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a pass came to, in references and counts.
 *
 * @param table {@code database.table}
 * @param onPartial what the spec says, or to succeed where all that is outstanding was set aside before
 * @param missing periods without a prefix, where the spec counts them as outstanding and there are any
 * @param badRecords raw records that are not in the table, of the partitions that the run registered, where there are any
 * @param quarantine the URI of the folder where these lie, where they are kept
 * @param report the URI of the run's report
 * @param detection what the run's detection saw; empty when its report has expired
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TableCreatorAnswer(
        RunId run,
        int pass,
        String table,
        TableStatus status,
        OnPartial onPartial,
        long registered,
        long failed,
        long outstanding,
        OptionalLong missing,
        OptionalLong badRecords,
        Optional<String> quarantine,
        String report,
        Optional<DetectionSummary> detection) {

    /** A run that can do no more for what is outstanding is none to be redriven. */
    static TableCreatorAnswer of(RunFolder run, TableSpec spec, Optional<DetectionReport> detection, RunReport report) {
        return new TableCreatorAnswer(
                run.run(),
                report.pass(),
                report.table(),
                report.status(),
                report.leavesNothingToRedrive() ? OnPartial.SUCCEED : spec.onPartialOrDefault(),
                report.registered(),
                report.failed(),
                report.outstanding(),
                report.missing(),
                report.badRecords(),
                report.quarantine(),
                run.reportUri(),
                detection.map(DetectionSummary::of));
    }
}
