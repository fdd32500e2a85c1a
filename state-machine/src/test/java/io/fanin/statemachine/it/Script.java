package io.fanin.statemachine.it;

import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of the scripts, as a person would. */
final class Script {

    private Script() {}

    static String run(String script, List<String> arguments, Duration limit) {
        return run(script, arguments, Map.of(), limit);
    }

    /** What the script prints; what it says on its error stream goes to the test's. */
    static String run(String script, List<String> arguments, Map<String, String> environment, Duration limit) {
        Ended ended = end(script, arguments, environment, limit);
        if (ended.code() != 0) {
            throw new IllegalStateException(script + " " + arguments + " ended with " + ended);
        }
        return ended.printed();
    }

    /** How a script ended, and what it printed. */
    record Ended(int code, String printed) {}

    /** Runs a script that may end with any code. */
    static Ended end(String script, List<String> arguments, Map<String, String> environment, Duration limit) {
        List<String> command = new ArrayList<>();
        command.add(Repository.ROOT.resolve("scripts").resolve(script).toString());
        command.addAll(arguments);
        return end(command, Path.of(""), environment, limit);
    }

    /** Runs any command in a folder. */
    static Ended end(List<String> command, Path folder, Map<String, String> environment, Duration limit) {
        try {
            Path output = Files.createTempFile("command", ".out");
            try {
                return end(command, folder, environment, limit, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    /** The output goes to a file: what the script leaves running would keep a pipe open. */
    private static Ended end(
            List<String> command, Path folder, Map<String, String> environment, Duration limit, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectOutput(output.toFile())
                .redirectError(Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " has not ended after " + limit);
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
