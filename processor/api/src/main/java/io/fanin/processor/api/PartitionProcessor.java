package io.fanin.processor.api;

import java.io.IOException;

/**
 * Makes the partitions of a table from raw data. Implementations are public classes with a public constructor without
 * parameters, named in {@code META-INF/services/io.fanin.processor.api.PartitionProcessor} of their jar; the jar lies
 * in {@code java/lib/} of a layer of the processor's function.
 *
 * <p>An instance processes the partitions of one batch, one after the other. A partition may be processed again: after
 * a failure, or when its raw data has changed. The same raw data must then give the same objects, and replace them.
 */
public interface PartitionProcessor {

    /** The processor's name in a spec; unique on the class path. */
    String name();

    /**
     * Makes one partition. All objects in its folder afterwards are the partition's data; it is registered when this
     * returns, unless nothing was put and the folder is as before.
     *
     * @throws PartitionFailedException if the partition cannot be made from this raw data: it is reported as failed,
     *     and the batch continues with the others
     * @throws IOException if a transfer failed: the partition is tried again, up to three times in all
     */
    PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException;
}
