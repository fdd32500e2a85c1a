package io.fanin.cli;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.aws.EndpointClients;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Hints;
import io.fanin.core.aws.Environment;
import io.fanin.core.retry.Sleeper;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import software.amazon.awssdk.core.exception.SdkException;

/** Starts the program. The script that starts it says by system properties where it runs. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs a command of this process; answers with the exit code. */
    static int execute(String... args) {
        return commandLine(new ThisProcess()).execute(args);
    }

    /** The command line, which prints each failure as a message and a hint, never as a stack trace. */
    static CommandLine commandLine(Surroundings surroundings) {
        Fanin fanin = new Fanin(surroundings);
        CommandLine line = new CommandLine(fanin);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            fanin.console()
                    .failed(
                            message(failure),
                            failure instanceof CommandFailedException known ? known.hint() : Optional.empty(),
                            ExitCode.FAILED);
            return ExitCode.FAILED.code();
        });
        boolean isPlain = surroundings.variable("NO_COLOR").isPresent() || !surroundings.isTerminal();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(isPlain ? Ansi.OFF : Ansi.ON));
        line.setUsageHelpWidth(100);
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return line;
    }

    private static String message(Exception failure) {
        if (failure instanceof SdkException && failure.getMessage().startsWith("Unable to load credentials")) {
            return "there are no AWS credentials: run aws configure, or name a profile with --profile";
        }
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }

    private static final class ThisProcess implements Surroundings {

        @Override
        public Optional<String> variable(String name) {
            return Environment.optional(name);
        }

        @Override
        public InputStream standardInput() {
            return System.in;
        }

        @Override
        public boolean isTerminal() {
            return Boolean.getBoolean("fanin.terminal");
        }

        @Override
        public boolean isInRepository() {
            return !scripts().isEmpty();
        }

        @Override
        public String program() {
            return isInRepository() ? Hints.quoted(scripts() + "fanin") : "fanin";
        }

        @Override
        public String scripts() {
            return System.getProperty("fanin.scripts", "");
        }

        @Override
        public Clients clients(Endpoint endpoint) {
            return new EndpointClients(endpoint);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Sleeper sleeper() {
            return Sleeper.SYSTEM;
        }

        @Override
        public Runnable atInterruption(Runnable notice) {
            Thread hook = new Thread(notice, "interruption");
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
