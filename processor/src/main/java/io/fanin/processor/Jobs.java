package io.fanin.processor;

import io.fanin.core.run.folder.JobFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.JobBatch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.S3Location;
import io.fanin.processor.job.JobEngine;
import io.fanin.processor.job.JobStart;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Prepares a batch for the run of a job, and validates its output afterwards. */
record Jobs(
        ResolvedSpec spec,
        RunFolder run,
        ProcessorServices services,
        InstantSource clock,
        Function<PartitionWork, BatchProcessor> batches) {

    /** Writes the work list of the run, unless no partition has raw data. */
    JobStart prepare(int pass, Batch batch) throws IOException {
        JobFiles files = run.jobFiles(pass, batch.id());
        S3Location location = spec.definition().location();
        List<Partition> work = (spec.source().isPresent() ? withRawData(files, batch) : batch.partitions())
                .stream()
                        .filter(partition -> WithinLocation.holds(location, partition))
                        .toList();
        ProcessorSpec.Job job = job();
        if (work.isEmpty()) {
            return new JobStart(JobStart.Decision.NOTHING, job.job(), Map.of());
        }
        Map<String, String> arguments = new LinkedHashMap<>(job.argumentsOrNone());
        arguments.put(JobStart.BATCH, files.writeWork(JobBatch.of(spec, run.run(), pass, batch.id(), work)));
        return new JobStart(JobStart.Decision.RUN, job.job(), arguments);
    }

    private List<Partition> withRawData(JobFiles files, Batch batch) {
        return files
                .writeSourceInventory(batches.apply(WithinRetention.of(
                                new SourceInventory(spec, batch.prefixes(), services), spec, services, clock))
                        .process(batch))
                .partitions()
                .stream()
                .filter(SourceInventory::isForTheJob)
                .map(PartitionResult::partition)
                .toList();
    }

    /** The processing of the batch's partitions after the run. */
    PartitionWork after(ProcessorRequest.Validate input, Deadline deadline) {
        JobFiles files = run.jobFiles(input.pass(), input.batch().id());
        JobEngine engine = JobEngine.of(job());
        return new WithinLocation(
                new JobWork(
                        engine.title(job().job()),
                        engine.outcome(input.glue(), services.samples()),
                        spec.source().isPresent() ? Optional.of(look(files)) : Optional.empty(),
                        new ValidateWork(spec, job().validation(), input.batch().prefixes(), services, deadline)),
                spec.definition().location());
    }

    /**
     * The result after the run, of data that was read after the raw data was recorded, before the job ran. Without a
     * source, no time is given: it is not known when the job read its own folders.
     */
    BatchResult readEarlier(ProcessorRequest.Validate input, BatchResult result) {
        return result.begunWith(
                spec.source().isPresent()
                        ? recorded(run.jobFiles(input.pass(), input.batch().id()))
                        : new BatchResult(result.batch(), List.of()));
    }

    private static BatchResult recorded(JobFiles files) {
        return files.sourceInventory()
                .orElseThrow(() -> new IllegalStateException("nobody looked at the raw data before the job began"));
    }

    private static Map<PartitionValues, PartitionResult> look(JobFiles files) {
        Map<PartitionValues, PartitionResult> byValues = new HashMap<>();
        recorded(files).partitions().forEach(one -> byValues.put(one.partition().values(), one));
        return byValues;
    }

    private ProcessorSpec.Job job() {
        if (spec.processor() instanceof ProcessorSpec.Job job) {
            return job;
        }
        throw new IllegalStateException(spec.tableName() + " is not processed by a job");
    }
}
