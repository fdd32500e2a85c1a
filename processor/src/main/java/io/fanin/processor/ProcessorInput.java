package io.fanin.processor;

import io.fanin.core.run.Batch;
import io.fanin.core.run.RunId;

/** What an item of the Map sends to the processor. */
record ProcessorInput(RunId run, int pass, Batch batch) {}
