package io.fanin.core.run;

/** A run folder lacks what the run cannot go on without. */
public final class RunFolderException extends RuntimeException {

    public RunFolderException(String message) {
        super(message);
    }
}
