package io.fanin.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the quarantined records. */
public final class QuarantinedLines {

    private QuarantinedLines() {}

    /** Adds the lines of each file to these. */
    public static Consumer<Path> into(List<String> lines) {
        return file -> {
            try {
                lines.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
