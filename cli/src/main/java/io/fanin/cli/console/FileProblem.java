package io.fanin.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains why a file on this machine cannot be read or written: Java's own message is often only the file's name. */
public final class FileProblem {

    private FileProblem() {}

    /** The reason, without the file's name. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException absent -> "there is no such file or folder";
            case FileAlreadyExistsException other -> "it is a file, and a folder is needed";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** The failure of a command that needs the file. */
    public static CommandFailedException failure(FileSystemException failure) {
        return new CommandFailedException(failure.getFile() + ": " + reason(failure), failure);
    }
}
