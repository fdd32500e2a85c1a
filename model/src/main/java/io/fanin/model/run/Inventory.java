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
 * @param oldest when the oldest object was last modified; empty if there are no objects, or if that is not known
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Inventory(long files, long bytes, Optional<Instant> newest, String hash, Optional<Instant> oldest) {
    public Inventory {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(oldest, "oldest");
    }

    /** An inventory whose oldest object is not known. */
    public Inventory(long files, long bytes, Optional<Instant> newest, String hash) {
        this(files, bytes, newest, hash, Optional.empty());
    }
}
