package io.fanin.cli;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.Endpoint;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.text.ShellWord;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the program runs: what it reads beside the command line, and whom it can reach.
 *
 * @param environment a variable of it
 * @param scripts the folder of the repository's scripts as one would type it, ending in {@code /}; empty where the program is
 *     installed
 * @param clients makes them
 * @param atInterruption has something run when the process ends meanwhile; answers with what calls it off
 */
record CommandEnvironment(
        Function<String, Optional<String>> environment,
        InputStream standardInput,
        boolean isTerminal,
        String scripts,
        Function<Endpoint, Clients> clients,
        Clock clock,
        Sleeper sleeper,
        Function<Runnable, Runnable> atInterruption) {

    /** Whether the repository's script has started it, which talks to LocalStack unless it is told otherwise. */
    boolean isInRepository() {
        return !scripts.isEmpty();
    }

    /** What is typed to start it. */
    String program() {
        return ShellWord.quoted(scripts + "fanin");
    }
}
