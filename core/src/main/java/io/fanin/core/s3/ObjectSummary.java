package io.fanin.core.s3;

import java.time.Instant;
import java.util.Objects;

/**
 * An object in a listing.
 *
 * @param key the whole key, decoded
 * @param size in bytes, as stored, 0 or more
 * @param etag in the form of S3, quotes included; opaque
 * @param lastModified when this version of the object was written, or when its upload in parts began
 * @param isArchived whether it is in a storage class from which it has to be restored before it can be read; that of
 *     Intelligent-Tiering's archives is not told by a listing
 */
public record ObjectSummary(String key, long size, String etag, Instant lastModified, boolean isArchived) {
    public ObjectSummary {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(lastModified, "lastModified");
        if (size < 0) {
            throw new IllegalArgumentException("object %s has size %d: expected 0 or more".formatted(key, size));
        }
    }

    /** An object that is not archived. */
    public ObjectSummary(String key, long size, String etag, Instant lastModified) {
        this(key, size, etag, lastModified, false);
    }
}
