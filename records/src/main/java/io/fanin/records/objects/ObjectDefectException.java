package io.fanin.records.objects;

import io.fanin.model.failure.FailureCode;
import java.util.Objects;

/**
 * An object, or a whole prefix, is invalid. Unchecked, so that it passes unchanged through the decoders on top of an
 * {@link ObjectSource}'s streams.
 */
public final class ObjectDefectException extends RuntimeException {

    private final FailureCode code;

    /** @param message names the object, what was expected and what to do; free of control characters */
    public ObjectDefectException(FailureCode code, String message) {
        this(code, message, null);
    }

    /** With a {@code cause}, such as an error of S3. */
    public ObjectDefectException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** For one object; {@code problem} follows the object's name in the message. */
    public static ObjectDefectException ofObject(String key, FailureCode code, String problem) {
        return ofObject(key, code, problem, null);
    }

    /** The same with a {@code cause}. */
    public static ObjectDefectException ofObject(String key, FailureCode code, String problem, Throwable cause) {
        return new ObjectDefectException(code, "object " + Printable.key(key) + problem, cause);
    }

    public FailureCode code() {
        return code;
    }
}
