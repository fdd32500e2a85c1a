package io.fanin.processor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.Batch;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import java.io.IOException;
import java.io.InputStream;

/** What the state machine asks of the processor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = ProcessorRequest.ACTION)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProcessorRequest.Check.class, name = "check"),
    @JsonSubTypes.Type(value = ProcessorRequest.Prepare.class, name = "prepare"),
    @JsonSubTypes.Type(value = ProcessorRequest.Validate.class, name = "validate")
})
sealed interface ProcessorRequest permits ProcessorRequest.OfBatch, ProcessorRequest.Check {

    /** The field that says what is asked; without it, the batch is to be processed. */
    String ACTION = "action";

    RunId run();

    /** Do something with a batch of a pass. */
    sealed interface OfBatch extends ProcessorRequest
            permits ProcessorInput, ProcessorRequest.Prepare, ProcessorRequest.Validate {

        int pass();

        Batch batch();
    }

    /**
     * Say whether something is wrong with all partitions alike.
     *
     * @param next {@code CHECK} or {@code CHECK_PLAN}
     * @param readable the names of the buckets that the stack may read, separated by commas
     */
    record Check(RunId run, Next next, String readable) implements ProcessorRequest {

        /** Executions that began with an earlier definition do not say what is readable. */
        public Check {
            readable = readable == null ? "*" : readable;
        }
    }

    /** Say what a Glue job has to do for the batch. */
    record Prepare(RunId run, int pass, Batch batch) implements OfBatch {}

    /**
     * Look at what a Glue job wrote.
     *
     * @param glue what {@link io.fanin.processor.job.JobOutcome} is read from
     */
    record Validate(RunId run, int pass, Batch batch, JsonNode glue) implements OfBatch {}

    /** Reads what the state machine sends. */
    static ProcessorRequest read(InputStream input) throws IOException {
        JsonNode json = Json.documents().readTree(input);
        return json.has(ACTION)
                ? Json.documents().treeToValue(json, ProcessorRequest.class)
                : Json.documents().treeToValue(json, ProcessorInput.class);
    }
}
