package io.fanin.records.objects;

import java.util.Objects;

/**
 * An object, or a whole prefix, is invalid. Unchecked, so that it passes unchanged through the decoders on top of an
 * {@link ObjectSource}'s streams.
 */
public final class UnsoundObjectException extends RuntimeException {
    private final Defect defect;
    private final String objectKey;

    /**
     * For a defect of the data itself.
     *
     * @param objectKey the object's full key; empty for a defect of the whole prefix
     * @param message names the object, what was expected and what to do; free of control characters
     */
    public UnsoundObjectException(Defect defect, String objectKey, String message) {
        this(defect, objectKey, message, null);
    }

    /** With a {@code cause}, such as an error of S3. */
    public UnsoundObjectException(Defect defect, String objectKey, String message, Throwable cause) {
        super(message, cause);
        this.defect = Objects.requireNonNull(defect, "defect");
        this.objectKey = Objects.requireNonNull(objectKey, "objectKey");
    }

    public Defect defect() {
        return defect;
    }

    public String objectKey() {
        return objectKey;
    }
}
