package io.fanin.statemachine.it;

import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of the repository's scripts. */
final class Script {

    private Script() {}

    static String run(String script, List<String> arguments, Duration limit) {
        return run(script, arguments, Map.of(), limit);
    }

    /** Returns the output of a script; if it fails, the exception contains its error stream. */
    static String run(String script, List<String> arguments, Map<String, String> environment, Duration limit) {
        Ended ended = end(script, arguments, environment, limit);
        if (ended.code() != 0) {
            throw new IllegalStateException("%s %s ended with %d: %s%s"
                    .formatted(script, String.join(" ", arguments), ended.code(), ended.printed(), ended.said()));
        }
        return ended.printed();
    }

    /** The exit code of a script, its output, and its error stream. */
    record Ended(int code, String printed, String said) {}

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
            Path errors = Files.createTempFile("command", ".err");
            try {
                return end(command, folder, environment, limit, output, errors);
            } finally {
                System.err.print(Files.readString(errors));
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    /** The output goes to a file: processes that the script leaves running would keep a pipe open. */
    private static Ended end(
            List<String> command,
            Path folder,
            Map<String, String> environment,
            Duration limit,
            Path output,
            Path errors)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    command + " has not ended after " + limit + ": " + Files.readString(errors));
        }
        return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
