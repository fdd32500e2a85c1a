package io.fanin.cli.console;

import java.util.Optional;

/** A failure that the user can fix, with a message about the problem and a hint at the remedy. */
public final class CommandFailedException extends RuntimeException {

    private final transient Optional<String> hint;

    public CommandFailedException(String message) {
        super(message);
        this.hint = Optional.empty();
    }

    public CommandFailedException(String message, String hint) {
        super(message);
        this.hint = Optional.of(hint);
    }

    public CommandFailedException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = Optional.of(hint);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
        this.hint = Optional.empty();
    }

    /** The remedy. */
    public Optional<String> hint() {
        return hint;
    }
}
