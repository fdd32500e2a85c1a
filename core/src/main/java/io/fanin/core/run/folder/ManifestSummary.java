package io.fanin.core.run.folder;

/** How much a pass has to do. */
public record ManifestSummary(int partitions, int batches) {

    /** Of a pass with this number of partitions, each a batch of its own while there are not too many. */
    public static ManifestSummary of(int partitions) {
        return of(partitions, 1);
    }

    /**
     * The same with larger batches.
     *
     * @param perBatch how many partitions a batch has at most while there are not too many batches
     */
    public static ManifestSummary of(int partitions, int perBatch) {
        return new ManifestSummary(partitions, Math.min(Math.ceilDiv(partitions, perBatch), Manifests.MAX_BATCHES));
    }
}
