package io.fanin.processor;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.log.LogContext;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.Usage;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.processor.custom.Processors;
import io.fanin.processor.job.JobEngine;
import io.fanin.processor.startup.FunctionResources;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.TableCopies;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.commons.io.function.IORunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one batch of a run. The result object is written before the receipt is returned, so that each receipt has a
 * result object. Processing the same input again replaces the same keys.
 */
final class Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

    private static final double MILLIS = 1000;
    private static final Usage WRITING_THE_RESULT = new Usage(Map.of("S3 PutObject", 1L), 0);

    private final RunFolders runs;
    private final ProcessorServices services;
    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final RequestCounter requests;
    private final TableCopies copies = new TableCopies();

    Processor(
            ObjectStore state,
            ProcessorServices services,
            Backoff backoff,
            LongSupplier nanoTime,
            InstantSource clock,
            RequestCounter requests) {
        this.runs = new RunFolders(state);
        this.services = services;
        this.backoff = backoff;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.requests = requests;
    }

    /** Handles a request of the state machine, and returns its answer. */
    Object answer(ProcessorRequest.OfBatch request, Deadline deadline) throws IOException {
        return switch (request) {
            case ProcessorInput input -> process(input, deadline);
            case ProcessorRequest.Prepare prepare ->
                jobs(runs.of(prepare.run()), deadline).prepare(prepare.pass(), prepare.batch());
            case ProcessorRequest.Validate validate -> {
                Map<String, Long> before = requests.counts();
                copies.evict();
                services.databases().close();
                Jobs jobs = jobs(runs.of(validate.run()), deadline);
                LogContext.table(jobs.spec().tableName().toString());
                BatchResult result = result(validate, jobs.after(validate, deadline), deadline);
                yield receipt(validate, jobs.run(), jobs.spec(), jobs.readEarlier(validate, result), before);
            }
        };
    }

    /** @param deadline of the function */
    Receipt process(ProcessorInput input, Deadline deadline) throws IOException {
        Map<String, Long> before = requests.counts();
        RunFolder run = runs.of(input.run());
        ResolvedSpec spec = run.spec();
        LogContext.table(spec.tableName().toString());
        return receipt(input, run, spec, result(input, work(spec, run, input, deadline), deadline), before);
    }

    private BatchResult result(ProcessorRequest.OfBatch request, PartitionWork work, Deadline deadline) {
        try {
            return batches(work, deadline).process(request.batch());
        } finally {
            release(work::close);
        }
    }

    /** Closes a resource. A failure is only logged, so that the results of finished partitions are kept. */
    private static void release(IORunnable close) {
        try {
            close.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("something could not be released", RowSamples.logged(e));
        }
    }

    private Receipt receipt(
            ProcessorRequest.OfBatch request,
            RunFolder run,
            ResolvedSpec spec,
            BatchResult result,
            Map<String, Long> before) {
        double seconds = result.millis().orElse(0) / MILLIS;
        run.writeResult(
                request.pass(),
                result.using(new Usage(requests.since(before), seconds * FunctionResources.gigabytes())
                        .and(WRITING_THE_RESULT)));
        Receipt receipt = result.receipt();
        LOG.info("{}: {}", spec.tableName(), Json.text(receipt));
        return receipt;
    }

    private Jobs jobs(RunFolder run, Deadline deadline) {
        return new Jobs(run.spec(), run, services.until(deadline), clock, work -> batches(work, deadline));
    }

    private BatchProcessor batches(PartitionWork work, Deadline deadline) {
        return new BatchProcessor(work, deadline, backoff, nanoTime, clock, services.samples());
    }

    private PartitionWork work(ResolvedSpec spec, RunFolder run, ProcessorInput input, Deadline deadline)
            throws IOException {
        if (!(spec.processor() instanceof ProcessorSpec.Convert)) {
            // Queries and jobs get all the memory, and a custom processor finds no files of the database.
            services.databases().close();
        }
        PartitionWork work =
                WithinRetention.of(workAnywhere(spec, run, input, deadline), spec, services.until(deadline), clock);
        return spec.processor().makesPartitions()
                ? new WithinLocation(work, spec.definition().location())
                : work;
    }

    private PartitionWork workAnywhere(ResolvedSpec spec, RunFolder run, ProcessorInput input, Deadline deadline) {
        if (!(spec.processor() instanceof ProcessorSpec.Sql)) {
            copies.evict();
        }
        ProcessorServices inTime = services.until(deadline);
        return switch (spec.processor()) {
            case ProcessorSpec.Validate validate ->
                new ValidateWork(spec, validate, input.batch().prefixes(), inTime, deadline);
            case ProcessorSpec.Register register ->
                new RegisterWork(spec, input.batch().prefixes(), inTime);
            case ProcessorSpec.Convert convert ->
                ConvertWork.convert(spec, convert, run, input.pass(), inTime, deadline);
            case ProcessorSpec.Sql sql ->
                ConvertWork.sql(
                        spec,
                        sql,
                        run,
                        input.pass(),
                        copies.of(run.run(), input.pass()),
                        inTime.within(input.readable()),
                        deadline);
            case ProcessorSpec.Custom custom ->
                new CustomWork(spec, custom, Processors.onTheClassPath(), inTime, deadline);
            case ProcessorSpec.Job job ->
                throw new IllegalStateException("the " + JobEngine.of(job).title(job.job()) + " processes "
                        + spec.tableName() + ": expected the action prepare or validate");
        };
    }
}
