package io.fanin.core.run;

import java.util.Objects;

/**
 * Why a partition failed.
 *
 * @param error a short stable word, for machines: {@code Truncated}, {@code Sandbox.Timedout}
 * @param message for people: names the object, says what was expected
 * @param external whether the partition is not the cause, but a service that throttled or a function that was lost:
 *     then it does not count as an attempt
 */
public record Failure(String error, String message, Boolean external) {

    /** A failure that the partition itself has caused. */
    public Failure(String error, String message) {
        this(error, message, false);
    }

    public static Failure external(String error, String message) {
        return new Failure(error, message, true);
    }
    /** If a document lacks {@code external}, the partition is the cause. */
    public Failure {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(message, "message");
        external = external != null && external;
    }
}
