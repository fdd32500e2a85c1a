package io.fanin.cli;

import io.fanin.cli.aws.CommandEnvironment;
import io.fanin.cli.aws.EndpointClients;
import io.fanin.cli.console.AnswerWriter;
import io.fanin.core.aws.Environment;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.names.FaninNames;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
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
        return commandLine(thisProcess())
                .setOut(new AnswerWriter(new FileOutputStream(FileDescriptor.out), charset()))
                .execute(args);
    }

    static CommandLine commandLine(CommandEnvironment commandEnvironment) {
        Fanin fanin = new Fanin(commandEnvironment);
        CommandLine line = new CommandLine(fanin);
        new FailureMessages(fanin).of(line);
        boolean isPlain =
                commandEnvironment.environment().apply("NO_COLOR").isPresent() || !commandEnvironment.isTerminal();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(isPlain ? Ansi.OFF : Ansi.ON));
        line.setUsageHelpWidth(100);
        // A reason such as @ann would be read as the name of a file with arguments.
        line.setExpandAtFiles(false);
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return line;
    }

    /** The environment of this process, which the start script describes in system properties. */
    private static CommandEnvironment thisProcess() {
        return new CommandEnvironment(
                Environment::optional,
                System.in,
                Boolean.getBoolean(FaninNames.TERMINAL),
                System.getProperty(FaninNames.SCRIPTS, ""),
                EndpointClients::new,
                Clock.systemUTC(),
                Sleeper.SYSTEM,
                Main::atInterruption);
    }

    private static Runnable atInterruption(Runnable notice) {
        Thread hook = new Thread(notice, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is already shutting down.
            }
        };
    }

    /** The charset of standard output, as the JDK determines it. */
    private static Charset charset() {
        return Optional.ofNullable(System.getProperty("stdout.encoding"))
                .map(Charset::forName)
                .orElseGet(Charset::defaultCharset);
    }
}
