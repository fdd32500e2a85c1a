package io.fanin.processor;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.core.run.Batch;
import io.fanin.core.run.RunId;

/** The input of the processor for one item of the Map. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
record ProcessorInput(RunId run, int pass, Batch batch) implements ProcessorRequest.OfBatch {}
