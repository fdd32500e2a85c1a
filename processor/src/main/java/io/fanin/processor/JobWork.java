package io.fanin.processor;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.processor.job.JobOutcome;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A batch after its job's run: validates the job's output.
 *
 * @param job its kind and name, for messages
 * @param look the partitions' raw data, and their folders, before the job began; absent if the table has no source
 * @param validation of the table's objects
 */
record JobWork(
        String job, JobOutcome outcome, Optional<Map<PartitionValues, PartitionResult>> look, PartitionWork validation)
        implements PartitionWork {

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        Optional<PartitionResult> raw = look.map(seen -> seen.get(partition.values()));
        if (raw.filter(seen -> !SourceInventory.isForTheJob(seen)).isPresent()) {
            return raw.get();
        }
        return switch (outcome) {
            case JobOutcome.Failed(Failure failure) -> new PartitionResult.Failed(partition, failure);
            case JobOutcome.Done done -> {
                PartitionResult written = validation.process(partition);
                yield raw.map(PartitionResult.Processed.class::cast)
                        .map(seen -> made(seen, written))
                        .orElseGet(() -> inPlace(written));
            }
        };
    }

    /** The result of a partition that was made from raw data. */
    private PartitionResult made(PartitionResult.Processed raw, PartitionResult written) {
        return switch (written) {
            case PartitionResult.Processed sound
            when sound.inventory().files() > 0
                    && raw.written().filter(sound.inventory()::equals).isPresent() ->
                nothingWritten(
                        raw.partition(),
                        "the folder holds what it held before the job began, and a job has to replace the content of each"
                                + " folder that it is given; with job bookmarks it would read nothing again");
            case PartitionResult.Processed sound
            when sound.inventory().files() > 0 ->
                new PartitionResult.Processed(raw.partition(), raw.inventory(), sound.rows())
                        .writing(sound.inventory())
                        .with(sound.parameters());
            case PartitionResult.Processed empty -> nothingWritten(raw.partition(), "it holds no objects");
            case PartitionResult.Skipped none -> nothingWritten(raw.partition(), none.why());
            case PartitionResult.Failed failed
            when failed.failure().is(FailureCode.NO_OBJECTS) ->
                nothingWritten(raw.partition(), failed.failure().message());
            case PartitionResult.Failed failed -> failed;
        };
    }

    /** Without a source, a partition without output of the job has failed. */
    private PartitionResult inPlace(PartitionResult written) {
        return written instanceof PartitionResult.Skipped none && none.gone()
                ? nothingWritten(none.partition(), none.why())
                : written;
    }

    private PartitionResult nothingWritten(Partition partition, String why) {
        String message = "the " + job + " succeeded and wrote no data into " + partition.prefix() + ": " + why;
        return new PartitionResult.Failed(partition, new Failure(FailureCode.NO_OBJECTS, message));
    }

    @Override
    public void close() throws IOException {
        validation.close();
    }
}
