package io.fanin.core.answer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import java.util.List;

/**
 * How a redriven run continues, in the format of the detector's answer.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket
 * @param receipts none; as the output of the Map, what its iterations returned, {@code null} included
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
