package io.fanin.core.answer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import java.util.List;

/**
 * The gate's answer for a redriven run: its next pass, in the format of the detector's answer, so that the same states
 * follow.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket
 * @param receipts empty; in the output of the Map, the answers of its iterations, including {@code null}
 */
public record GateAnswer(
        RunId run,
        int pass,
        String table,
        NextStep next,
        String manifest,
        int partitions,
        int batches,
        @JsonSetter(contentNulls = Nulls.SET) List<Object> receipts)
        implements StepAnswer.OfPass {}
