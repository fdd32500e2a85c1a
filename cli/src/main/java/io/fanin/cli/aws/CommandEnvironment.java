package io.fanin.cli.aws;

import io.fanin.core.retry.Sleeper;
import io.fanin.model.text.ShellWord;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * The program's environment: its input besides the command line, and the services that it can call.
 *
 * @param environment the value of an environment variable
 * @param scripts the folder of the repository's scripts as typed in a shell, ending in {@code /}; empty if the program
 *     is installed
 * @param clients creates the clients of an endpoint
 * @param atInterruption runs an action if the process ends meanwhile; returns a handle that cancels it
 */
public record CommandEnvironment(
        Function<String, Optional<String>> environment,
        InputStream standardInput,
        boolean isTerminal,
        String scripts,
        Function<Endpoint, Clients> clients,
        Clock clock,
        Sleeper sleeper,
        Function<Runnable, Runnable> atInterruption) {

    /** Whether it was started by the repository's script, which uses LocalStack by default. */
    public boolean isInRepository() {
        return !scripts.isEmpty();
    }

    /** The command that starts the program. */
    public String program() {
        return ShellWord.quoted(scripts + "fanin");
    }
}
