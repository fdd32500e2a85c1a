package io.fanin.records.scratch;

import io.fanin.core.temporary.ProcessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** A temporary folder, deleted with its content. */
public record Scratch(Path folder) implements AutoCloseable {

    /** Creates one with a unique name. */
    public static Scratch in(Path parent) throws IOException {
        return new Scratch(ProcessFiles.newFolder(parent).toRealPath());
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
    }
}
