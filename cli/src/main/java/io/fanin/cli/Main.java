package io.fanin.cli;

import io.fanin.cli.aws.EndpointClients;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.core.aws.Environment;
import io.fanin.core.retry.Sleeper;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Starts the program. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs a command in this process and returns its exit code. */
    static int execute(String... args) {
        return commandLine(thisProcess()).execute(args);
    }

    /** The command line, which prints each failure as a message and a hint, never as a stack trace. */
    static CommandLine commandLine(CommandEnvironment commandEnvironment) {
        Fanin fanin = new Fanin(commandEnvironment);
        CommandLine line = new CommandLine(fanin);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            fanin.console()
                    .failed(
                            message(failure),
                            failure instanceof CommandFailedException known ? known.hint() : Optional.empty(),
                            ExitCode.FAILED);
            return ExitCode.FAILED.code();
        });
        boolean isPlain =
                commandEnvironment.environment().apply("NO_COLOR").isPresent() || !commandEnvironment.isTerminal();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(isPlain ? Ansi.OFF : Ansi.ON));
        line.setUsageHelpWidth(100);
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return line;
    }

    /** The SDK's message names each class that did not provide the value. */
    private static String message(Exception failure) {
        String said = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        if (said.startsWith("Unable to load credentials")) {
            return "there are no AWS credentials: run aws configure, or name a profile with --profile";
        }
        return said.startsWith("Unable to load region")
                ? "there is no AWS region: set AWS_REGION, or name one with --region"
                : said;
    }

    /** The start script describes the environment in system properties. */
    private static CommandEnvironment thisProcess() {
        return new CommandEnvironment(
                Environment::optional,
                System.in,
                Boolean.getBoolean("fanin.terminal"),
                System.getProperty("fanin.scripts", ""),
                EndpointClients::new,
                Clock.systemUTC(),
                Sleeper.SYSTEM,
                Main::atInterruption);
    }

    private static Runnable atInterruption(Runnable notice) {
        Thread hook = new Thread(notice, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> Runtime.getRuntime().removeShutdownHook(hook);
    }
}
