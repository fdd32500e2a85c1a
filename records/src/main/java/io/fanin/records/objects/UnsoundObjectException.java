package io.fanin.records.objects;

import java.util.Objects;

/**
 * An object, or a whole prefix, is not what it has to be. Unchecked, so that it passes unchanged through the decoders
 * that read from an {@link ObjectSource}'s streams.
 */
public final class UnsoundObjectException extends RuntimeException {
    private final Defect defect;
    private final String objectKey;

    /**
     * Without a cause: the data itself showed it.
     *
     * @param objectKey the object's whole key; empty where the prefix as a whole is meant
     * @param message names the object, what was expected and what to do; free of control characters
     */
    public UnsoundObjectException(Defect defect, String objectKey, String message) {
        this(defect, objectKey, message, null);
    }

    /** With the {@code cause} that told, such as a service's refusal. */
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
