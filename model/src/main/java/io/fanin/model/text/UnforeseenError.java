package io.fanin.model.text;

/** The message for an unforeseen error in reading foreign input. */
public final class UnforeseenError {

    private static final int SHOWN = 1_000;

    private UnforeseenError() {}

    /** The error's message, and its location in the code unless it is one of this project's own exceptions. */
    public static String shown(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        boolean isOwn = error.getClass().getName().startsWith("io.fanin.") && error.getMessage() != null;
        return isOwn
                ? LogSafe.ofLines(error.getMessage(), SHOWN)
                : LogSafe.ofLines(error.toString(), SHOWN) + (frames.length > 0 ? " at " + frames[0] : "");
    }
}
