package io.fanin.core.run.folder;

import io.fanin.core.spec.ProcessorSpec;

/** How much a pass has to do. */
public record ManifestSummary(int partitions, int batches) {

    /**
     * A pass with fewer batches gives each partition a batch of its own: Lambda runs this many functions of an account at
     * once by default, so that more batches would not make the pass shorter.
     */
    private static final int MANY_BATCHES = 1_000;

    /** Of a pass with this number of partitions, each a batch of its own while there are not too many. */
    public static ManifestSummary of(int partitions) {
        return of(partitions, 1, 1);
    }

    /** The same with batches of the processor's sizes. */
    public static ManifestSummary of(int partitions, ProcessorSpec processor) {
        return of(partitions, processor.partitionsPerBatch(), processor.partitionsPerBatchOfMany());
    }

    /**
     * The same with batches of these sizes.
     *
     * @param perBatch how many partitions a batch has at most while there are not many batches
     * @param perBatchOfMany how many it has at most while there are not too many; not less than {@code perBatch}
     */
    static ManifestSummary of(int partitions, int perBatch, int perBatchOfMany) {
        int batches = Math.ceilDiv(partitions, perBatch);
        int many = Math.max(MANY_BATCHES, Math.ceilDiv(partitions, perBatchOfMany));
        return new ManifestSummary(partitions, Math.min(batches, Math.min(many, Manifests.MAX_BATCHES)));
    }
}
