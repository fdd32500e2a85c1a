package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A summary of a partition's data objects. Registered with the partition, so that a later detection recognises changed
 * objects by a different hash.
 *
 * @param bytes as they lie in S3, compressed or not
 * @param newest when the newest object was last modified; empty if there are no objects
 * @param hash over names, sizes and ETags, whatever their order
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Inventory(long files, long bytes, Optional<Instant> newest, String hash) {
    public Inventory {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(hash, "hash");
    }
}
