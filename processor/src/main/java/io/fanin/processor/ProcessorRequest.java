package io.fanin.processor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.Batch;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.processor.job.JobEnd;
import java.io.IOException;
import java.io.InputStream;

/** A request of the state machine to the processor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = ProcessorRequest.ACTION)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProcessorRequest.Check.class, name = "check"),
    @JsonSubTypes.Type(value = ProcessorRequest.Prepare.class, name = "prepare"),
    @JsonSubTypes.Type(value = ProcessorRequest.Validate.class, name = "validate")
})
sealed interface ProcessorRequest permits ProcessorRequest.OfBatch, ProcessorRequest.Check {

    /** The field with the action; without it, the batch is processed. */
    String ACTION = "action";

    RunId run();

    /** An action on one batch of a pass. */
    sealed interface OfBatch extends ProcessorRequest
            permits ProcessorInput, ProcessorRequest.Prepare, ProcessorRequest.Validate {

        int pass();

        Batch batch();
    }

    /**
     * Check for errors that would affect every partition.
     *
     * @param next {@code CHECK} or {@code CHECK_PLAN}
     * @param readable the names of the buckets that the stack may read, separated by commas
     */
    record Check(RunId run, NextStep next, String readable) implements ProcessorRequest {

        /** Without {@code readable}, queries join no tables. */
        public Check {
            readable = readable == null ? "" : readable;
        }
    }

    /** Write the Glue job's work list for the batch. */
    record Prepare(RunId run, int pass, Batch batch) implements OfBatch {}

    /** Validate the output of a Glue job. */
    record Validate(RunId run, int pass, Batch batch, JobEnd glue) implements OfBatch {}

    /** Reads a request of the state machine. */
    static ProcessorRequest read(InputStream input) throws IOException {
        JsonNode json = Json.documents().readTree(input);
        return json.has(ACTION)
                ? Json.documents().treeToValue(json, ProcessorRequest.class)
                : Json.documents().treeToValue(json, ProcessorInput.class);
    }
}
