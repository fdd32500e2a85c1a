package io.fanin.core.run.folder;

import io.fanin.model.spec.ProcessorSpec;

/** How much a pass has to do. */
public record ManifestSummary(int partitions, int batches) {

    /** More batches hardly shorten a pass: no more run at once, as AWS sets the limit of an account by default. */
    private static final int MANY_BATCHES = 1_000;

    /** Of a pass with this number of partitions, each a batch of its own while there are not too many. */
    public static ManifestSummary of(int partitions) {
        return of(partitions, 1, 1);
    }

    /** The same with batches of the processor's sizes. */
    public static ManifestSummary of(int partitions, ProcessorSpec processor) {
        return of(partitions, processor.partitionsPerBatch(), processor.partitionsPerSharedBatch());
    }

    /**
     * The same with batches of these sizes.
     *
     * @param perBatch how many partitions a batch has at most, up to {@value #MANY_BATCHES} batches
     * @param perShared how many it has at most from there to {@value Manifests#MAX_BATCHES}; not less than {@code perBatch}
     */
    static ManifestSummary of(int partitions, int perBatch, int perShared) {
        int batches = Math.ceilDiv(partitions, perBatch);
        int many = Math.max(MANY_BATCHES, Math.ceilDiv(partitions, perShared));
        return new ManifestSummary(partitions, Math.min(batches, Math.min(many, Manifests.MAX_BATCHES)));
    }
}
