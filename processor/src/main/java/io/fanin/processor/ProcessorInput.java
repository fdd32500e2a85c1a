package io.fanin.processor;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.core.run.Batch;
import io.fanin.core.run.RunId;

/** What an item of the Map sends to the processor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
record ProcessorInput(RunId run, int pass, Batch batch) implements ProcessorRequest.OfBatch {}
