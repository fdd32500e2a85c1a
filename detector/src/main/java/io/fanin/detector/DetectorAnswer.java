package io.fanin.detector;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.layout.Skip;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.ManifestSummary;
import io.fanin.core.run.Next;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.run.Tally;
import io.fanin.core.table.TableName;
import io.fanin.core.text.OneLine;
import java.util.EnumMap;
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
 * @param sample the first of them for each reason, by name
 * @param found partitions that S3 has
 * @param waiting partitions that are not ready
 * @param waitingSample the first of them, by name
 * @param setAside partitions that failed too often to be tried again
 * @param setAsideSample the first of them, by name
 * @param missing periods without a prefix
 * @param missingSample the first stretches of them
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sample,
        long found,
        long waiting,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> waitingSample,
        long setAside,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> setAsideSample,
        long missing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missingSample,
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
        return of(
                table,
                run,
                Next.BUSY,
                ManifestSummary.of(0),
                DetectionReport.unseen(Map.of(), List.of(), Optional.empty()),
                Optional.of(holder));
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
                samples(report),
                report.found(),
                report.waiting().count(),
                names(report.waiting()),
                report.setAside().count(),
                names(report.setAside()),
                report.missing().count(),
                report.missing().sample().stream()
                        .limit(SAMPLE)
                        .map(stretch -> stretch.first() + " to " + stretch.last())
                        .toList(),
                report.skippedTotal(),
                report.skippedSample().stream()
                        .limit(SAMPLE)
                        .map(DetectorAnswer::shortened)
                        .toList(),
                List.of(),
                holder);
    }

    private static List<String> samples(DetectionReport report) {
        Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
        return report.sample().stream()
                .filter(planned -> taken.merge(planned.reason(), 1, Integer::sum) <= SAMPLE)
                .map(planned -> OneLine.beginning(planned.reason() + " " + planned.partition(), MAX_TEXT))
                .toList();
    }

    private static List<String> names(Tally tally) {
        return tally.sample().stream()
                .limit(SAMPLE)
                .map(named -> OneLine.beginning(named.partition() + ": " + named.detail(), MAX_TEXT))
                .toList();
    }

    /** A key has up to 1,024 bytes, and the state has to hold the receipts beside the sample. */
    private static Skip shortened(Skip skip) {
        return new Skip(
                OneLine.beginning(skip.prefix(), MAX_TEXT), skip.reason(), OneLine.beginning(skip.detail(), MAX_TEXT));
    }
}
