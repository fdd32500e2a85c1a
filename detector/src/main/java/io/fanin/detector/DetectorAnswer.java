package io.fanin.detector;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.layout.Skip;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.ManifestSummary;
import io.fanin.core.run.Next;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.table.TableName;
import io.fanin.core.text.OneLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the detector hands to the state machine: references and counts, never the work itself.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket; empty for a dry run
 * @param plan key in the state bucket; empty but for a dry run
 * @param reasons the partitions, counted
 * @param found partitions that S3 has
 * @param receipts none yet: Create table may come without a Map before it
 * @param holder ARN of the execution that is working on the table, where this one may not: nothing was looked at then
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DetectorAnswer(
        RunId run,
        int pass,
        String table,
        Next next,
        Optional<String> manifest,
        Optional<String> plan,
        int partitions,
        int batches,
        Map<Reason, Long> reasons,
        long found,
        long skipped,
        List<Skip> skippedSample,
        List<Object> receipts,
        Optional<String> holder) {

    private static final int SAMPLE = 10;
    private static final int MAX_TEXT = 300;

    static DetectorAnswer of(
            TableName table, RunFolder run, Next next, ManifestSummary manifest, DetectionReport report) {
        return of(table, run, next, manifest, report, Optional.empty());
    }

    static DetectorAnswer busy(TableName table, RunFolder run, String holder) {
        return of(table, run, Next.BUSY, ManifestSummary.of(0), DetectionReport.unseen(List.of()), Optional.of(holder));
    }

    private static DetectorAnswer of(
            TableName table,
            RunFolder run,
            Next next,
            ManifestSummary manifest,
            DetectionReport report,
            Optional<String> holder) {
        boolean isPlan = next == Next.PLANNED;
        return new DetectorAnswer(
                run.run(),
                0,
                table.toString(),
                next,
                isPlan ? Optional.empty() : Optional.of(run.manifestKey(0)),
                isPlan ? Optional.of(run.planKey()) : Optional.empty(),
                manifest.partitions(),
                manifest.batches(),
                report.reasons(),
                report.found(),
                report.skippedTotal(),
                report.skippedSample().stream()
                        .limit(SAMPLE)
                        .map(DetectorAnswer::shortened)
                        .toList(),
                List.of(),
                holder);
    }

    /** A key has up to 1,024 bytes, and the state has to hold the receipts beside the sample. */
    private static Skip shortened(Skip skip) {
        return new Skip(
                OneLine.beginning(skip.prefix(), MAX_TEXT), skip.reason(), OneLine.beginning(skip.detail(), MAX_TEXT));
    }
}
