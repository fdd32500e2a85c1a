package io.fanin.model.spec;

import io.fanin.model.text.LogSafe;
import java.util.List;

/**
 * A table spec that cannot be run. Nothing has been changed. The message names each field by its JSON path, with the
 * expected value.
 */
public final class SpecException extends RuntimeException {

    /**
     * The maximum length of the message, with which it is a cause in Step Functions (32 KiB) even if each character is
     * escaped in JSON, and Lambda adds its stack trace.
     */
    private static final int LONGEST = 4_000;

    private final List<Problem> problems;

    public SpecException(String message, Throwable cause) {
        super(LogSafe.within(message, LONGEST), cause);
        this.problems = List.of();
    }

    private SpecException(String message, List<Problem> problems) {
        super(LogSafe.within(message, LONGEST));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each with its JSON path; a problem without a path of its own has the path of the whole spec. */
    public List<Problem> problems() {
        return problems.isEmpty() ? List.of(new Problem("$", getMessage())) : problems;
    }

    /** An exception for one problem at a JSON path. */
    public static SpecException at(String path, String message) {
        return of(List.of(new Problem(path, message)));
    }

    /** An exception for one problem at a JSON path, with its cause. */
    public static SpecException at(String path, String message, Throwable cause) {
        return (SpecException) at(path, message).initCause(cause);
    }

    /** An exception that reports all problems of a spec at once. */
    public static SpecException of(List<Problem> problems) {
        StringBuilder message = new StringBuilder("The table spec cannot be run: ");
        for (int i = 0; i < problems.size(); i++) {
            message.append(i > 0 ? "; " : "")
                    .append(problems.get(i).path())
                    .append(": ")
                    .append(problems.get(i).message());
        }
        return new SpecException(message.toString(), problems);
    }

    /** A problem at one JSON path of the spec. */
    public record Problem(String path, String message) {}
}
