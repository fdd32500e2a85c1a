package io.fanin.cli.console;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows a page in the user's browser: that in {@code BROWSER}, or the system's. */
public record Browser(Function<String, Optional<String>> environment) {

    /** Shows a page without waiting for the browser. */
    public void open(URI page) {
        List<String> command = environment.apply("BROWSER").map(Browser::words).orElseGet(Browser::ofSystem);
        try {
            new ProcessBuilder(Stream.concat(command.stream(), Stream.of(page.toString()))
                            .toList())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CommandFailedException("the browser could not be started: " + e.getMessage(), "open " + page);
        }
    }

    /** The words of a command: a program's path, which may contain blanks, or a program with options. */
    private static List<String> words(String command) {
        return Files.isExecutable(Path.of(command))
                ? List.of(command)
                : List.of(command.strip().split("\\s+"));
    }

    private static List<String> ofSystem() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("win") && !system.contains("darwin")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        return List.of(system.contains("mac") ? "open" : "xdg-open");
    }
}
