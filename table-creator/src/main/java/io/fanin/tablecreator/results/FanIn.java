package io.fanin.tablecreator.results;

import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.Usage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the results of a pass: exactly one for each partition of its manifest, whatever the processors have written.
 * A partition counts as processed only if the receipt of its batch has arrived and its result object says so.
 */
public final class FanIn {

    /** The number of result objects that are read at a time. */
    private static final int PARALLEL_READS = 32;

    private static final int UNKNOWN_SHOWN = 10;

    private static final Logger LOG = LoggerFactory.getLogger(FanIn.class);

    private final RunFolder run;
    private final int pass;
    private final Workers workers;

    public FanIn(RunFolder run, int pass, Workers workers) {
        this.run = run;
        this.pass = pass;
        this.workers = workers;
    }

    /**
     * The results of a pass.
     *
     * @param results one for each partition of the manifest
     * @param read after which times their data was read
     * @param work measurements of the processors' work
     */
    public record Results(List<PartitionResult> results, ReadTimes read, ProcessorWork work) {}

    /**
     * Measurements of the processors' work.
     *
     * @param batches with and without measurement
     * @param millisPerPartition average processing time; empty if no processor has reported one
     */
    public record ProcessorWork(int batches, OptionalLong millisPerPartition, Usage usage) {}

    /**
     * Reads the results.
     *
     * @param began when the pass began: its data was read after that
     */
    public Results collect(List<Batch> manifest, Receipts receipts, Instant began) {
        logUnknown(receipts.without(manifest.stream().map(Batch::id).collect(Collectors.toSet())));
        List<PartitionResult> results = new ArrayList<>();
        Map<PartitionValues, Instant> later = new HashMap<>();
        WorkSum work = new WorkSum();
        for (BatchResult batch : workers.each(PARALLEL_READS, manifest, one -> results(one, receipts))) {
            results.addAll(batch.partitions());
            batch.began()
                    .filter(began::isBefore)
                    .ifPresent(moment -> batch.partitions()
                            .forEach(result -> later.put(result.partition().values(), moment)));
            work.add(batch);
        }
        return new Results(results, new ReadTimes(began, later), work.sum());
    }

    private void logUnknown(Set<Integer> batches) {
        if (!batches.isEmpty()) {
            LOG.warn(
                    "{} of the receipts name batches that {} does not have, and are passed over: {}",
                    batches.size(),
                    run.manifestKey(pass),
                    batches.stream().limit(UNKNOWN_SHOWN).toList());
        }
    }

    /** The sum of the reported measurements. */
    private static final class WorkSum {

        private int batches;
        private long partitions;
        private long millis;
        private Usage usage = Usage.NONE;

        void add(BatchResult batch) {
            batches++;
            usage = usage.and(batch.usage().orElse(Usage.NONE));
            if (batch.millis().isPresent()) {
                partitions += batch.partitions().size();
                millis += batch.millis().getAsLong();
            }
        }

        ProcessorWork sum() {
            return new ProcessorWork(
                    batches, partitions == 0 ? OptionalLong.empty() : OptionalLong.of(millis / partitions), usage);
        }
    }

    private BatchResult results(Batch batch, Receipts receipts) {
        Optional<Receipt> receipt = receipts.of(batch.id());
        if (receipt.isEmpty()) {
            return failed(batch, receipts.missing(batch.id()));
        }
        return switch (receipt.get()) {
            case Receipt.Lost lost -> failed(batch, withoutAnswer(lost.error()));
            case Receipt.Processed processed -> written(batch);
        };
    }

    /** @param error that Step Functions has caught */
    private static Failure withoutAnswer(String error) {
        return Failure.ofService(
                error,
                "the processor gave no answer (" + error + "). "
                        + FailureCode.find(error)
                                .map(code -> code.meaning() + " " + code.advice())
                                .orElse("See the processor's log group."));
    }

    private BatchResult written(Batch batch) {
        Optional<BatchResult> result;
        try {
            result = run.result(pass, batch.id());
        } catch (UncheckedIOException e) {
            return failed(batch, new Failure(FailureCode.UNREADABLE_RESULT, e.getMessage()));
        }
        return result.map(written -> matched(batch, written))
                .orElseGet(() -> failed(
                        batch,
                        new Failure(
                                FailureCode.NO_RESULT,
                                "the processor answered, but wrote no result object for this batch")));
    }

    private static BatchResult matched(Batch batch, BatchResult result) {
        Map<Partition, PartitionResult> byPartition = new HashMap<>();
        result.partitions().forEach(one -> byPartition.merge(one.partition(), one, FanIn::worse));
        List<PartitionResult> results = batch.partitions().stream()
                .map(partition -> Optional.ofNullable(byPartition.get(partition))
                        .map(one -> one.of(partition))
                        .orElseGet(() -> new PartitionResult.Failed(
                                partition,
                                new Failure(
                                        FailureCode.NO_RESULT,
                                        "the processor's result object does not name this partition"))))
                .toList();
        return new BatchResult(batch.id(), results, result.millis(), result.usage(), result.began());
    }

    private static PartitionResult worse(PartitionResult one, PartitionResult other) {
        return severity(one) >= severity(other) ? one : other;
    }

    private static int severity(PartitionResult result) {
        return switch (result) {
            case PartitionResult.Processed success -> 0;
            case PartitionResult.Skipped none -> 1;
            case PartitionResult.Failed failure -> 2;
        };
    }

    private static BatchResult failed(Batch batch, Failure failure) {
        List<PartitionResult> results = batch.partitions().stream()
                .<PartitionResult>map(partition -> new PartitionResult.Failed(partition, failure))
                .toList();
        return new BatchResult(batch.id(), results);
    }
}
