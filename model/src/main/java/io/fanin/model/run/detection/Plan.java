package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of a dry run: the work that a run would do, and its cost. Written to the run folder as {@code plan.json}.
 *
 * @param spec resolved
 * @param next the step that would follow detection
 * @param partitions that would be processed
 * @param batches their number
 * @param detection its findings: the partitions that would be processed, with reasons, and those that would not
 */
@JsonPropertyOrder({"version", "run", "spec", "table"})
public record Plan(
        int version,
        RunId run,
        ResolvedSpec spec,
        NextStep next,
        int partitions,
        int batches,
        DetectionReport detection,
        @JsonUnwrapped Cost cost) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** {@code database.table} */
    @JsonProperty
    public String table() {
        return spec.tableName().toString();
    }

    /**
     * The cost of the run.
     *
     * @param requests that detection sent, including retries, by service and operation
     * @param stateTransitions an estimate of {@link StateTransitions}
     * @param processorMillis an estimate of the processors' time in all, from that of the run before; empty if that is
     *     not known
     */
    public record Cost(Map<String, Long> requests, long stateTransitions, Optional<Long> processorMillis) {}

    /**
     * A partition that would be processed.
     *
     * @param prefix of the data
     */
    public record Planned(Reason reason, String partition, String prefix) {

        public static Planned of(Candidate candidate, List<PartitionKey> keys) {
            return new Planned(
                    candidate.reason(),
                    candidate.partition().values().nameFor(keys),
                    candidate.partition().dataPrefix());
        }
    }
}
