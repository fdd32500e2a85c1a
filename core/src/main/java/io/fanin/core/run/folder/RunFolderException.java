package io.fanin.core.run.folder;

/** A document that the run cannot continue without is missing from its folder. */
public final class RunFolderException extends RuntimeException {

    private RunFolderException(String message) {
        super(message);
    }

    static RunFolderException missing(String uri) {
        return new RunFolderException("The run folder has no " + uri
                + ": the run does not exist, or its folder has expired. Start a new execution for the table.");
    }
}
