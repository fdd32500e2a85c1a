package io.fanin.core.run.folder;

import io.fanin.model.spec.processor.ProcessorSpec;

/** The numbers of partitions and batches of a pass, which determine how partitions are divided among batches. */
public record ManifestSummary(int partitions, int batches) {

    /**
     * More batches hardly shorten a pass, because AWS's default limit of concurrent invocations of an account is this
     * number.
     */
    private static final int MANY_BATCHES = 1_000;

    /** The summary of a pass with this number of partitions, each in a batch of its own unless there are too many. */
    public static ManifestSummary of(int partitions) {
        return of(partitions, 1, 1);
    }

    /** The summary of a pass with batches of the processor's sizes. */
    public static ManifestSummary of(int partitions, ProcessorSpec processor) {
        return of(partitions, processor.partitionsPerBatch(), processor.partitionsPerSharedBatch());
    }

    /**
     * The summary of a pass with batches of these sizes.
     *
     * @param perBatch the maximum number of partitions in a batch, up to {@value #MANY_BATCHES} batches
     * @param perShared the maximum from there to {@value Manifests#MAX_BATCHES} batches; not less than {@code perBatch}
     */
    static ManifestSummary of(int partitions, int perBatch, int perShared) {
        int batches = Math.ceilDiv(partitions, perBatch);
        int many = Math.max(MANY_BATCHES, Math.ceilDiv(partitions, perShared));
        return new ManifestSummary(partitions, Math.min(batches, Math.min(many, Manifests.MAX_BATCHES)));
    }
}
