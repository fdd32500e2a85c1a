package io.fanin.processor.api;

import java.io.IOException;

/**
 * Makes the partitions of a table from raw data. A public class with a public constructor without parameters, named in
 * {@code META-INF/services/io.fanin.processor.api.PartitionProcessor} of its jar; the jar lies in {@code java/lib/} of a layer
 * of the processor's function.
 *
 * <p>An instance serves the partitions of one batch, one after the other. A partition may come again: after a failure, or
 * when its raw data has changed. The same raw data must then give the same objects, and replace them.
 */
public interface PartitionProcessor {

    /** The name by which a spec asks for it; no other processor on the class path has the same. */
    String name();

    /**
     * Makes one partition. Everything that lies in its folder afterwards is the partition's data; it is registered when
     * this returns.
     *
     * @throws PartitionFailedException when the partition cannot be made from this raw data: it is reported as failed, and
     *     the others of the batch go on
     * @throws IOException when bytes could not be moved: it is tried again, up to three times in all
     */
    PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException;
}
