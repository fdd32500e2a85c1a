package io.fanin.processor;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.model.run.Batch;
import io.fanin.model.run.RunId;

/**
 * The input of the processor for one item of the Map.
 *
 * @param readable the names of the buckets that the stack may read, separated by commas
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
record ProcessorInput(RunId run, int pass, Batch batch, String readable) implements ProcessorRequest.OfBatch {

    /** Without {@code readable}, queries join no tables. */
    ProcessorInput {
        readable = readable == null ? "" : readable;
    }
}
