package io.fanin.processor;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.PartitionResult;
import java.io.IOException;

/** The processing of one partition. */
sealed interface PartitionWork extends AutoCloseable
        permits ValidateWork,
                RegisterWork,
                ConvertWork,
                CustomWork,
                SourceInventory,
                JobWork,
                WithinLocation,
                WithinRetention {

    /**
     * Processes one partition; its failures are exceptions.
     *
     * @throws io.fanin.records.scratch.ConversionException if the partition cannot be made
     * @throws io.fanin.records.objects.ObjectDefectException if an object, or the partition as a whole, is invalid
     * @throws IOException if a transfer failed. This, and the unchecked exceptions of a client, are independent of the
     *     data: a retry may succeed
     */
    PartitionResult process(Partition partition) throws IOException;

    /** Whether this exception means that the data is broken, and not that a transfer failed. */
    default boolean isOfData(IOException e) {
        return false;
    }

    @Override
    default void close() throws IOException {}
}
