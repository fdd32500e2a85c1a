package io.fanin.processor;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import java.io.IOException;

/**
 * Makes partitions only inside the table's location. A partition that failed before the location changed may have a
 * prefix outside it.
 */
record WithinLocation(PartitionWork work, S3Location location) implements PartitionWork {

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        return holds(location, partition)
                ? work.process(partition)
                : new PartitionResult.Failed(
                        partition,
                        new Failure(
                                FailureCode.OUTSIDE_LOCATION,
                                "%s does not lie in the table's location %s, and nothing is written elsewhere: run the table's spec again"
                                                .formatted(LogSafe.beginning(partition.prefix(), 300), location)
                                        + " with this partition in its detection, which places it there"));
    }

    @Override
    public boolean isOfData(IOException e) {
        return work.isOfData(e);
    }

    static boolean holds(S3Location location, Partition partition) {
        return partition.prefix().startsWith(location.prefix());
    }

    @Override
    public void close() throws IOException {
        work.close();
    }
}
