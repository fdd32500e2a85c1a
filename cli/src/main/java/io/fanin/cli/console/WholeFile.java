package io.fanin.cli.console;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files atomically: after an interruption, or on a full disk, the earlier file remains. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes a file, and creates its folders.
     *
     * @throws FileSystemException if it cannot be written, with its name and the reason
     */
    public static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // If the path is a symbolic link, the file that it points to is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new FileSystemException(file.toString(), null, FileProblem.reason(e));
        }
    }
}
