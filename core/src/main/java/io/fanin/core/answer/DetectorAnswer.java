package io.fanin.core.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The detector's answer to the state machine: references and counts, never the work itself.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket; empty for a dry run
 * @param plan key in the state bucket; empty except for a dry run
 * @param detection the summary of the detection
 * @param holder ARN of the execution that holds the table's lease, if it is not this one: then nothing was detected
 * @param receipts empty: Create table reads the receipts of a Map, and may follow without one. In the output of the
 *     Map, the answers of its iterations, including {@code null}.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"run", "pass", "table", "next", "manifest", "plan", "size", "detection", "receipts"})
public record DetectorAnswer(
        RunId run,
        String table,
        NextStep next,
        Optional<String> manifest,
        Optional<String> plan,
        @JsonUnwrapped ManifestSummary size,
        @JsonUnwrapped DetectionSummary detection,
        Optional<String> holder,
        @JsonSetter(contentNulls = Nulls.SET) List<Object> receipts)
        implements StepAnswer.OfPass {

    /** A run begins with its first pass. */
    @JsonProperty
    public int pass() {
        return 0;
    }

    @Override
    public int partitions() {
        return size.partitions();
    }

    @Override
    public int batches() {
        return size.batches();
    }

    /** The answer of a run that has begun, or of a dry run. */
    public static DetectorAnswer of(
            TableName table, RunFolder run, NextStep next, ManifestSummary manifest, DetectionReport report) {
        boolean isPlan = next == NextStep.PLANNED || next == NextStep.CHECK_PLAN;
        return new DetectorAnswer(
                run.run(),
                table.toString(),
                next,
                isPlan ? Optional.empty() : Optional.of(run.manifestKey(0)),
                isPlan ? Optional.of(run.planKey()) : Optional.empty(),
                manifest,
                DetectionSummary.of(report.counts()),
                Optional.empty(),
                List.of());
    }

    /** The answer of a run whose table's lease another execution holds. */
    public static DetectorAnswer busy(TableName table, RunFolder run, String holder) {
        return new DetectorAnswer(
                run.run(),
                table.toString(),
                NextStep.BUSY,
                Optional.of(run.manifestKey(0)),
                Optional.empty(),
                ManifestSummary.of(0),
                DetectionSummary.NONE,
                Optional.of(holder),
                List.of());
    }
}
