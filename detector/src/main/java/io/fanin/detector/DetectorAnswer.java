package io.fanin.detector;

import io.fanin.core.layout.Skip;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.ManifestSummary;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.table.TableName;
import java.util.List;

/**
 * What the detector hands to the state machine: references and counts, never the work itself.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket
 * @param found partitions that S3 has
 * @param receipts none yet: Create table may come without a Map before it
 */
record DetectorAnswer(
        RunId run,
        int pass,
        String table,
        Next next,
        String manifest,
        int partitions,
        int batches,
        long found,
        long skipped,
        List<Skip> skippedSample,
        List<Object> receipts) {

    private static final int SAMPLE = 10;

    static DetectorAnswer of(
            TableName table, RunFolder run, Next next, ManifestSummary manifest, DetectionReport report) {
        return new DetectorAnswer(
                run.run(),
                0,
                table.toString(),
                next,
                run.manifestKey(0),
                manifest.partitions(),
                manifest.batches(),
                report.found(),
                report.skippedTotal(),
                report.skippedSample().stream().limit(SAMPLE).toList(),
                List.of());
    }
}
