package io.fanin.cli;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.Endpoint;
import io.fanin.core.retry.Sleeper;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;

/** Where the program runs: what it reads beside the command line, and whom it can reach. */
interface Surroundings {

    /** A variable of the environment. */
    Optional<String> variable(String name);

    InputStream standardInput();

    boolean isTerminal();

    /** Whether it was started by the repository's script, which talks to LocalStack unless it is told otherwise. */
    boolean isInRepository();

    /** What was typed to start it. */
    String program();

    /** The folder of the repository's scripts as one would type it, ending in {@code /}; empty where it is installed. */
    String scripts();

    Clients clients(Endpoint endpoint);

    Clock clock();

    Sleeper sleeper();

    /** Runs something when the process ends while an execution is followed; answers with what calls it off. */
    Runnable atInterruption(Runnable notice);
}
