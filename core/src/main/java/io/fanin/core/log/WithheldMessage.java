package io.fanin.core.log;

import java.util.function.Predicate;

/**
 * Replaces a failure in the log if its messages may contain data that must not be logged; keeps types and stack traces.
 */
public final class WithheldMessage extends Exception {

    private final String type;

    private WithheldMessage(Throwable failure, Predicate<Throwable> isWithheld, String instead) {
        super(
                failure.getClass().getName() + ": " + (isWithheld.test(failure) ? instead : failure.getMessage()),
                failure.getCause() == null ? null : new WithheldMessage(failure.getCause(), isWithheld, instead),
                false,
                true);
        this.type = failure.getClass().getName();
        setStackTrace(failure.getStackTrace());
    }

    /**
     * Replaces a failure and its causes.
     *
     * @param isWithheld whether a failure's own message is withheld
     * @param instead the replacement for the message
     */
    public static Throwable of(Throwable failure, Predicate<Throwable> isWithheld, String instead) {
        return new WithheldMessage(failure, isWithheld, instead);
    }

    /** The name of the failure's class. */
    static String typeOf(Throwable failure) {
        return failure instanceof WithheldMessage withheld
                ? withheld.type
                : failure.getClass().getName();
    }
}
