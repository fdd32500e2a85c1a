package io.fanin.model.text;

/** What is said of an error that reading something foreign has led to, where nobody has foreseen it. */
public final class UnforeseenError {

    private static final int SHOWN = 1_000;

    private UnforeseenError() {}

    /** The error, and where it arose unless it is one of this project's own, whose message says all. */
    public static String shown(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        boolean isOwn = error.getClass().getName().startsWith("io.fanin.") && error.getMessage() != null;
        return isOwn
                ? LogSafe.ofLines(error.getMessage(), SHOWN)
                : LogSafe.ofLines(error.toString(), SHOWN) + (frames.length > 0 ? " at " + frames[0] : "");
    }
}
