package io.fanin.model.run;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import java.util.Objects;

/**
 * Why a partition failed.
 *
 * @param error a short stable word, for machines: of a {@link FailureCode}, of a custom processor, or an error's name
 * @param message for people: names the object, says what was expected; on one line of at most 500 characters and three dots
 * @param external whether the partition is not the cause, but a service that throttled or a function that was lost:
 *     then it does not count as an attempt; if a document lacks it, the partition is the cause
 */
public record Failure(String error, String message, Boolean external) {

    /** It is kept with the partition as long as that is outstanding. */
    private static final int MAX_MESSAGE = 500;

    /** Leaves room for what surrounds it. */
    private static final int MAX_QUOTED = 400;

    /** Several failures have room in an event, a notice, or the error of an execution. */
    private static final int MAX_SHORT_MESSAGE = 300;

    private static final int MAX_SHORT_ERROR = 100;

    public Failure {
        Objects.requireNonNull(error, "error");
        message = kept(Objects.requireNonNull(message, "message"));
        external = external != null && external;
    }

    /** A failure of a known kind, which decides whether it counts as an attempt. */
    public Failure(FailureCode code, String message) {
        this(code.word(), message, !code.countsAsAttempt());
    }

    /** A failure that the partition has caused, under a name that others have chosen. */
    public static Failure ofPartition(String error, String message) {
        return new Failure(error, message, false);
    }

    /** A failure that a service or a function has caused, under a name that others have chosen. */
    public static Failure ofService(String error, String message) {
        return new Failure(error, message, true);
    }

    /** The same, without counting as an attempt. */
    public Failure notCounted() {
        return new Failure(error, message, true);
    }

    /** The same for a text that names several failures. */
    public Failure inShort() {
        return new Failure(shortError(error), shortMessage(message), external);
    }

    /** As much of an error as has room in a text that names several failures. */
    public static String shortError(String error) {
        return LogSafe.beginning(error, MAX_SHORT_ERROR);
    }

    /** The same of a message. */
    public static String shortMessage(String message) {
        return LogSafe.ofLines(message, MAX_SHORT_MESSAGE);
    }

    /** As much of a message as is kept with a partition, and shown where there is room for it. */
    public static String kept(String message) {
        return LogSafe.ofLines(message, MAX_MESSAGE);
    }

    /** As much of somebody else's message as fits into one of a failure, with words around it. */
    public static String quoted(String message) {
        return LogSafe.ofLines(message, MAX_QUOTED);
    }

    /** Whether it is of this kind, under whichever name. */
    public boolean is(FailureCode code) {
        return FailureCode.find(error).filter(code::equals).isPresent();
    }
}
