package io.fanin.cli;

import static picocli.CommandLine.ScopeType.INHERIT;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.CommandEnvironment;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.aws.Endpoint.Given;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.Hints;
import io.fanin.cli.console.TerminalLine;
import io.fanin.cli.console.Version;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.cli.table.TableSpecs;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program, with the options and services that all of its commands share. */
@Command(
        name = "fanin",
        description = "Runs tables of partition-fan-in, and shows their state.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done: complete, nothing new, valid, or answered",
            "1:partial: something of the table is outstanding",
            "2:failed: the command line, the spec or a service refused, or the execution failed",
            "3:busy: another execution is working on the table, or has taken it over; the run is not over",
            "4:different: what was checked is not as it should be",
            "130:interrupted"
        },
        subcommands = {
            InitCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            RunCommand.class,
            ApplyCommand.class,
            TablesCommand.class,
            RedriveCommand.class,
            WaiveCommand.class,
            UnwaiveCommand.class,
            StatusCommand.class,
            RunsCommand.class,
            ExplainCommand.class,
            ReportCommand.class,
            ConsoleCommand.class,
            QueryCommand.class,
            ConnectCommand.class,
            DoctorCommand.class,
            GenerateCompletion.class
        })
public final class Fanin implements Runnable {

    private static final String DEFAULT_STACK = ExecutionArn.STACK;
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int DELETIONS = 3;

    /** The prefix of the names of this process's temporary folders. */
    static final String TEMPORARY = "fanin-" + ProcessHandle.current().pid() + "-";

    /** The maximum length of the output of a spec that was not given, but found by its table. */
    private static final int SHOWN_OF_SPEC = 400;

    private static final Duration LOCAL_POLL = Duration.ofMillis(300);

    @Option(names = "--output", scope = INHERIT, defaultValue = "text", description = "text or json (default: text)")
    private Console.Output output;

    @Option(
            names = "--stack",
            scope = INHERIT,
            paramLabel = "NAME",
            defaultValue = DEFAULT_STACK,
            description = "CloudFormation stack (default: ${DEFAULT-VALUE})")
    private String stack;

    @Option(
            names = "--endpoint-url",
            scope = INHERIT,
            paramLabel = "URL",
            description = "talk to this endpoint instead of AWS (or AWS_ENDPOINT_URL)")
    private Optional<String> endpointUrl;

    @Option(names = "--port", scope = INHERIT, paramLabel = "N", description = "talk to LocalStack on this port")
    private Optional<Integer> port;

    @Option(
            names = "--aws",
            scope = INHERIT,
            description = "talk to AWS; in the repository the default is LocalStack (or FANIN_AWS=1)")
    private boolean aws;

    @Option(names = "--region", scope = INHERIT, paramLabel = "NAME", description = "AWS region")
    private Optional<String> region;

    @Option(names = "--profile", scope = INHERIT, paramLabel = "NAME", description = "profile of AWS credentials")
    private Optional<String> profile;

    @Option(names = "--no-color", scope = INHERIT, description = "print no colours (or NO_COLOR=1)")
    private boolean noColor;

    @Spec
    private CommandSpec command;

    private final CommandEnvironment commandEnvironment;

    Fanin(CommandEnvironment commandEnvironment) {
        this.commandEnvironment = commandEnvironment;
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing");
    }

    CommandEnvironment commandEnvironment() {
        return commandEnvironment;
    }

    Console console() {
        boolean isColoured = commandEnvironment.isTerminal()
                && !noColor
                && commandEnvironment.environment().apply("NO_COLOR").isEmpty();
        return new Console(
                command.commandLine().getOut(),
                command.commandLine().getErr(),
                output,
                isColoured,
                commandEnvironment.isTerminal());
    }

    Endpoint endpoint() {
        boolean isNamed = endpointUrl.isPresent() || port.isPresent();
        boolean isAws = aws || (!isNamed && Endpoint.isAwsByDefault(commandEnvironment.environment()));
        Given given = new Given(endpointUrl, region, profile, port, isAws);
        return commandEnvironment.isInRepository()
                ? Endpoint.inRepository(given, commandEnvironment.environment())
                : Endpoint.installed(given, commandEnvironment.environment());
    }

    Clients clients() {
        return commandEnvironment.clients().apply(endpoint());
    }

    String stack() {
        return stack;
    }

    Deployment deployment() {
        return Deployment.of(
                clients(),
                stack,
                endpoint().toString(),
                hints().deploy(endpoint().isAws()));
    }

    Executions executions(Deployment deployment) {
        return executionsOf(deployment, deployment.stateMachineArn());
    }

    Executions executionsOfAllTables(Deployment deployment) {
        return executionsOf(deployment, deployment.allTablesStateMachineArn());
    }

    private Executions executionsOf(Deployment deployment, String machine) {
        return new Executions(
                deployment.clients().stepFunctions(),
                machine,
                endpoint().isAws() ? POLL : LOCAL_POLL,
                commandEnvironment.sleeper(),
                hints());
    }

    /** Returns the result of the work. Prints these lines if it is interrupted. */
    <T> T warningAtInterruption(List<String> lines, Supplier<T> work) {
        Console console = console();
        Runnable calledOff = commandEnvironment.atInterruption().apply(() -> lines.forEach(console::warn));
        T result = work.get();
        calledOff.run();
        return result;
    }

    /** Work that keeps copies of data in a folder. */
    @FunctionalInterface
    interface FolderWork<T> {
        T in(Path folder) throws IOException;
    }

    /**
     * Returns the result of work in a temporary folder. The folder is deleted with its content, even if the work is
     * interrupted.
     */
    <T> T inTemporaryFolder(FolderWork<T> work) throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory(TEMPORARY));
        Runnable calledOff = commandEnvironment.atInterruption().apply(() -> delete(scratch));
        try {
            return work.in(scratch.folder());
        } finally {
            calledOff.run();
            delete(scratch);
        }
    }

    /** Deletes a folder. Tries again if files are still being written into it. */
    private static void delete(Scratch scratch) {
        for (int attempt = 0; attempt < DELETIONS; attempt++) {
            try {
                scratch.close();
                return;
            } catch (IOException e) {
                // A file was added or removed meanwhile.
            }
        }
    }

    /** Hints for suggested commands, which repeat the stack and endpoint options of this one. */
    Hints hints() {
        List<String> given = new ArrayList<>();
        if (!stack.equals(DEFAULT_STACK)) {
            given.addAll(List.of("--stack", stack));
        }
        endpointUrl.ifPresent(url -> given.addAll(List.of("--endpoint-url", url)));
        port.filter(number -> !Endpoint.isDefaultPort(
                        number, commandEnvironment.isInRepository(), commandEnvironment.environment()))
                .ifPresent(number -> given.addAll(List.of("--port", number.toString())));
        region.ifPresent(name -> given.addAll(List.of("--region", name)));
        profile.ifPresent(name -> given.addAll(List.of("--profile", name)));
        if (aws) {
            given.add("--aws");
        }
        return new Hints(commandEnvironment.program(), commandEnvironment.scripts(), given);
    }

    SpecArgument spec(String argument) {
        return SpecArgument.read(argument, commandEnvironment.standardInput());
    }

    /**
     * Reads a spec, or finds the one of a table, which needs the stack.
     *
     * @param argument a file, {@code -} for standard input, JSON, or the name of a table
     */
    Function<Deployment, SpecArgument> specOrTable(String argument) {
        Optional<TableName> table = SpecArgument.tableNamed(argument);
        if (table.isEmpty()) {
            SpecArgument given = spec(argument).required();
            return deployment -> given;
        }
        return deployment -> {
            TableSpecs.Found known = new TableSpecs(deployment, hints()).require(table.get());
            console()
                    .say(known.said() + " "
                            + LogSafe.beginning(
                                    TerminalLine.json(known.input().content().toString()), SHOWN_OF_SPEC));
            return known.input();
        };
    }

    /** Parses the name of a table. */
    TableName table(String text) {
        try {
            return TableName.of(text);
        } catch (IllegalArgumentException e) {
            String hint = TableName.find(text.toLowerCase(Locale.ROOT))
                    .map(lower -> "the catalog has names in lower case: " + lower)
                    .orElse("write it as DATABASE.TABLE, such as analytics.flights");
            throw new CommandFailedException("'" + text + "' names no table", hint);
        }
    }

    /** The failure for a table that is not in the catalog. */
    CommandFailedException noTable(TableName name) {
        return new CommandFailedException(
                "there is no table " + name + " in the catalog", "create it: " + hints().command("run", "SPEC"));
    }
}
