package io.fanin.processor;

import io.fanin.core.partition.Partition;
import io.fanin.core.run.PartitionResult;
import java.io.IOException;

/** What is done with one partition. */
sealed interface PartitionWork extends AutoCloseable
        permits ValidateWork, ConvertProcessor, CustomWork, SourceInventory, JobWork, WithinLocation {

    /**
     * Does it.
     *
     * @throws io.fanin.records.scratch.ConversionException when the partition cannot be made
     * @throws io.fanin.records.objects.UnsoundObjectException when an object, or the partition as a whole, is unsound
     * @throws IOException when bytes could not be moved. This, and what a client throws unchecked, says nothing about the
     *     data: trying again may help
     */
    PartitionResult process(Partition partition) throws IOException;

    /** Gives back what it holds, if anything. */
    @Override
    default void close() throws IOException {}
}
