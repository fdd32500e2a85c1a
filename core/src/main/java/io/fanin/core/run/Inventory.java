package io.fanin.core.run;

import java.time.Instant;
import java.util.Objects;

/**
 * What a partition's data objects are, so that a later change is noticed.
 *
 * @param bytes as they lie in S3, compressed or not
 * @param newest when the newest object was last modified
 * @param hash over names, sizes and ETags, whatever their order
 */
public record Inventory(long files, long bytes, Instant newest, String hash) {
    public Inventory {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(hash, "hash");
    }
}
