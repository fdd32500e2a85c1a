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
 * The result of a pass, as references and counts.
 *
 * @param table {@code database.table}
 * @param onPartial from the spec, or {@code succeed} if all that is outstanding was set aside before
 * @param missing periods without a prefix, if the spec counts them as outstanding and there are any
 * @param badRecords raw records that are missing from the registered partitions; empty if there are none
 * @param quarantine the URI of the folder with these records, if they are kept
 * @param report the URI of the run's report
 * @param detection the result of the run's detection; empty if it has expired
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

    /** A run that can do nothing about the outstanding partitions must not wait for a redrive. */
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
