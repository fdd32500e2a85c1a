package io.fanin.core.run;

import java.util.Objects;

/**
 * Why a partition failed.
 *
 * @param error a short stable word, for machines: {@code Truncated}, {@code Sandbox.Timedout}
 * @param message for people: names the object, says what was expected
 * @param external whether something else than the partition has caused it, a service that throttled or a function that was
 *     lost: then it is no attempt
 */
public record Failure(String error, String message, Boolean external) {

    /** A failure that the partition itself has caused. */
    public Failure(String error, String message) {
        this(error, message, false);
    }

    public static Failure external(String error, String message) {
        return new Failure(error, message, true);
    }
    /** Where a document does not say it, the partition has caused it. */
    public Failure {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(message, "message");
        external = external != null && external;
    }
}
