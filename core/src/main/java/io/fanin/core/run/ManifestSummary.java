package io.fanin.core.run;

/** How much a pass has to do. */
public record ManifestSummary(int partitions, int batches) {

    /** Of a pass with so many partitions. */
    public static ManifestSummary of(int partitions) {
        return new ManifestSummary(partitions, Math.min(partitions, Manifests.MAX_BATCHES));
    }
}
