package io.fanin.processor;

import io.fanin.core.retry.Backoff;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.Receipt;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.processor.validate.ObjectSource;
import java.util.function.Function;
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
    private final Function<String, ObjectSource> objectsOfBucket;
    private final Backoff backoff;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} tells it */
    Processor(
            ObjectStore state, Function<String, ObjectSource> objectsOfBucket, Backoff backoff, LongSupplier nanoTime) {
        this.state = state;
        this.objectsOfBucket = objectsOfBucket;
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    Receipt process(ProcessorInput input) {
        RunFolder run = new RunFolder(state, input.run());
        TableSpec spec = run.spec();
        PartitionWork work = ValidateWork.of(
                spec, objectsOfBucket.apply(spec.definition().location().bucket()));
        BatchResult result = new BatchProcessor(work, backoff, nanoTime).process(input.batch());
        run.writeResult(input.pass(), result);
        Receipt receipt = result.receipt();
        LOG.info("{}: {}", spec.tableName(), receipt);
        return receipt;
    }
}
