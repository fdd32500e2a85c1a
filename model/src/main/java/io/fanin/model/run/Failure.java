package io.fanin.model.run;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import java.util.Objects;

/**
 * The reason why a partition failed: a word for machines and a message for people. Part of results, reports and the
 * table's record.
 *
 * @param error a short stable word for machines: that of a {@link FailureCode} or of a custom processor, or an error's
 *     name
 * @param message for people: names the object and the expected state; on one line of at most 500 characters and three
 *     dots
 * @param external whether the cause is not the partition, but a service that throttled or a function that was lost:
 *     then the failure does not count as an attempt; if a document lacks it, the partition is the cause
 */
public record Failure(String error, String message, Boolean external) {

    /** The message is kept in the table's record while the partition is outstanding. */
    private static final int MAX_MESSAGE = 500;

    /** Leaves room for the text around a quoted message. */
    private static final int MAX_QUOTED = 400;

    /** An event, a notice or the error of an execution contains several failures. */
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

    /** A failure caused by the partition, under the error name of a custom processor or an exception. */
    public static Failure ofPartition(String error, String message) {
        return new Failure(error, message, false);
    }

    /** A failure caused by a service or a function, under its error name. */
    public static Failure ofService(String error, String message) {
        return new Failure(error, message, true);
    }

    /** The same failure, not counted as an attempt. */
    public Failure notCounted() {
        return new Failure(error, message, true);
    }

    /** The failure, shortened for texts that list several. */
    public Failure inShort() {
        return new Failure(shortError(error), shortMessage(message), external);
    }

    /** An error's name, shortened for texts that list several failures. */
    public static String shortError(String error) {
        return LogSafe.beginning(error, MAX_SHORT_ERROR);
    }

    /** A message, shortened for texts that list several failures. */
    public static String shortMessage(String message) {
        return LogSafe.ofLines(message, MAX_SHORT_MESSAGE);
    }

    /** A message, shortened to the length at which it is kept with a partition. */
    public static String kept(String message) {
        return LogSafe.ofLines(message, MAX_MESSAGE);
    }

    /** A foreign message, shortened to fit into a failure's message with text around it. */
    public static String quoted(String message) {
        return LogSafe.ofLines(message, MAX_QUOTED);
    }

    /** Whether the failure is of this kind, under any of its names. */
    public boolean is(FailureCode code) {
        return FailureCode.find(error).filter(code::equals).isPresent();
    }
}
