package io.fanin.processor;

import io.fanin.core.retry.Backoff;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.Receipt;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.custom.Processors;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one batch of a run: the result object is written before the receipt is given, so that a receipt always has
 * something behind it. The same input gives the same keys and replaces them.
 */
final class Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

    private final ObjectStore state;
    private final ConversionTools tools;
    private final Backoff backoff;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} tells it */
    Processor(ObjectStore state, ConversionTools tools, Backoff backoff, LongSupplier nanoTime) {
        this.state = state;
        this.tools = tools;
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    /** @param deadline of the function */
    Receipt process(ProcessorInput input, Deadline deadline) throws IOException {
        RunFolder run = new RunFolder(state, input.run());
        TableSpec spec = run.spec();
        BatchResult result;
        try (PartitionWork work = work(spec, run, deadline)) {
            result = new BatchProcessor(work, backoff, nanoTime).process(input.batch());
        }
        run.writeResult(input.pass(), result);
        Receipt receipt = result.receipt();
        LOG.info("{}: {}", spec.tableName(), receipt);
        return receipt;
    }

    private PartitionWork work(TableSpec spec, RunFolder run, Deadline deadline) {
        return switch (spec.processorOrDefault()) {
            case ProcessorSpec.Validate validate -> new ValidateWork(spec, validate, tools, deadline);
            case ProcessorSpec.Convert convert -> new ConvertWork(spec, convert, run, tools, deadline);
            case ProcessorSpec.Custom custom ->
                new CustomWork(spec, custom, Processors.onTheClassPath(), tools, deadline);
        };
    }
}
