package io.fanin.records.objects;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.S3Location;
import java.util.Objects;

/**
 * An object, or a whole prefix, is invalid. Unchecked, so that it passes unchanged through the decoders on top of an
 * {@link ObjectSource}'s streams.
 */
public final class ObjectDefectException extends RuntimeException {

    private static final String OBJECT = "object ";

    private final FailureCode code;

    /** @param message names the object, the expectation and the remedy; free of control characters */
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

    /** For one object, with a {@code cause}. */
    public static ObjectDefectException ofObject(String key, FailureCode code, String problem, Throwable cause) {
        return new ObjectDefectException(code, OBJECT + Printable.key(key) + problem, cause);
    }

    /**
     * This exception with the object's URI in place of its key, since raw data may lie in another bucket than the
     * table.
     */
    public ObjectDefectException in(S3Location location, String key) {
        String named = OBJECT + Printable.key(key);
        return getMessage().startsWith(named)
                ? new ObjectDefectException(
                        code,
                        OBJECT
                                + Printable.key(location.uriOf(key))
                                + getMessage().substring(named.length()),
                        getCause())
                : this;
    }

    public FailureCode code() {
        return code;
    }
}
