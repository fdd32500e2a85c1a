package io.fanin.core.log;

import io.fanin.core.failure.Causes;
import java.util.function.Predicate;

/**
 * Replaces a failure in the log if its messages may contain data that must not be logged; keeps types and stack traces.
 */
public final class WithheldMessage extends Exception {

    private final String type;

    private WithheldMessage(Throwable failure, String message, Throwable cause) {
        super(failure.getClass().getName() + ": " + message, cause, false, true);
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
        Throwable withheld = null;
        for (Throwable one : Causes.of(failure).reversed()) {
            String message =
                    isWithheld.test(one) ? instead : Causes.messageOf(one).orElse("no message");
            withheld = new WithheldMessage(one, message, withheld);
        }
        return withheld;
    }

    /** The name of the failure's class. */
    static String typeOf(Throwable failure) {
        return failure instanceof WithheldMessage withheld
                ? withheld.type
                : failure.getClass().getName();
    }
}
