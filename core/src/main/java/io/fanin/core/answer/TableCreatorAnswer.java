package io.fanin.core.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import java.util.Optional;

/**
 * The table-creator's answer to the state machine at the end of a pass, as references and counts. If the execution
 * succeeds after the pass, it is also the execution's output.
 *
 * @param table {@code database.table}
 * @param onPartial from the spec, or {@code succeed} if all outstanding partitions were set aside before or are left to
 *     a later run, or the run changes waivers
 * @param detection the result of the run's detection; empty if it has expired
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableCreatorAnswer(
        RunId run,
        int pass,
        String table,
        TableStatus status,
        OnPartial onPartial,
        @JsonUnwrapped RunCounts counts,
        @JsonUnwrapped Links links,
        Optional<DetectionSummary> detection)
        implements StepAnswer.OfTable {

    /**
     * Further details, most of them by their URIs.
     *
     * @param quarantine the folder with the bad records, if they are kept
     * @param report the run's report
     * @param skipped absent if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Links(
            Optional<String> quarantine,
            String report,
            @JsonUnwrapped UnmatchedNames names,
            Optional<SkippedPartitions> skipped) {

        /** Answers of earlier versions have no names. */
        public Links {
            names = names == null ? UnmatchedNames.NONE : names;
        }
    }

    /**
     * The answer after a pass, without the result of the detection. A run that cannot process the outstanding
     * partitions, or only changes waivers, must not wait for a redrive.
     */
    public static TableCreatorAnswer of(RunFolder run, ResolvedSpec spec, RunReport report) {
        return new TableCreatorAnswer(
                run.run(),
                report.header().pass(),
                report.header().table().toString(),
                report.status(),
                report.leavesNothingToRedrive() || run.changesWaivers() ? OnPartial.SUCCEED : spec.onPartial(),
                report.counts(),
                new Links(
                        report.details().quarantine(),
                        run.reportUri(),
                        report.details().names(),
                        SkippedPartitions.of(report)),
                Optional.empty());
    }

    /** The same answer with the result of the run's detection. */
    public TableCreatorAnswer withDetection(DetectionReport found) {
        return new TableCreatorAnswer(
                run, pass, table, status, onPartial, counts, links, Optional.of(DetectionSummary.of(found.counts())));
    }
}
