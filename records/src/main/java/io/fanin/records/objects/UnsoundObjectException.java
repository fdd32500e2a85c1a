package io.fanin.records.objects;

import java.util.Objects;

/**
 * An object, or a whole prefix, is invalid. Unchecked, so that it passes unchanged through the decoders on top of an
 * {@link ObjectSource}'s streams.
 */
public final class UnsoundObjectException extends RuntimeException {

    private final Defect defect;

    /** @param message names the object, what was expected and what to do; free of control characters */
    public UnsoundObjectException(Defect defect, String message) {
        this(defect, message, null);
    }

    /** With a {@code cause}, such as an error of S3. */
    public UnsoundObjectException(Defect defect, String message, Throwable cause) {
        super(message, cause);
        this.defect = Objects.requireNonNull(defect, "defect");
    }

    /** For one object; {@code problem} follows the object's name in the message. */
    public static UnsoundObjectException ofObject(String key, Defect defect, String problem) {
        return ofObject(key, defect, problem, null);
    }

    /** The same with a {@code cause}. */
    public static UnsoundObjectException ofObject(String key, Defect defect, String problem, Throwable cause) {
        return new UnsoundObjectException(defect, "object " + Printable.key(key) + problem, cause);
    }

    public Defect defect() {
        return defect;
    }
}
