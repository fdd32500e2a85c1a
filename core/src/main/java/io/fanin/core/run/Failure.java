package io.fanin.core.run;

import java.util.Objects;

/**
 * Why a partition failed.
 *
 * @param error a short stable word, for machines: {@code Truncated}, {@code Sandbox.Timedout}
 * @param message for people: names the object, says what was expected
 */
public record Failure(String error, String message) {
    public Failure {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(message, "message");
    }
}
