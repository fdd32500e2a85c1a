package io.fanin.cli.console;

import java.util.Objects;
import java.util.Optional;

/** A failure that the user can fix, with a message about the problem and a hint at the remedy. */
public final class CommandFailedException extends RuntimeException {

    private final String hint;

    public CommandFailedException(String message) {
        super(message);
        this.hint = null;
    }

    public CommandFailedException(String message, String hint) {
        super(message);
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    public CommandFailedException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
        this.hint = null;
    }

    /** The remedy. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
