package io.fanin.cli;

import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.aws.MissingCredentials;
import io.fanin.cli.aws.RefusedCredentials;
import io.fanin.cli.console.AnswerWriter;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.FileProblem;
import io.fanin.cli.table.UnreadableTable;
import io.fanin.core.failure.Causes;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.json.UnreadableDocumentException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints each failure of a command as a message and a hint, never as a stack trace. */
record FailureMessages(Fanin fanin) {

    private static final List<Class<? extends Exception>> UNANSWERED = List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            SocketTimeoutException.class,
            UnknownHostException.class);

    /** Installs these messages in a command line. */
    void of(CommandLine line) {
        line.setExecutionStrategy(this::execute);
        line.setParameterExceptionHandler((failure, arguments) -> refused(failure));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> print(explained(failure)));
    }

    /** With --help, picocli ignores unknown words. */
    private int execute(ParseResult parsed) {
        List<CommandLine> called = parsed.asCommandLineList();
        for (CommandLine command : called) {
            List<String> unknown = command.getParseResult().unmatched();
            if (!unknown.isEmpty()) {
                throw new UnmatchedArgumentException(command, unknown);
            }
        }
        int code = new CommandLine.RunLast().execute(parsed);
        return parsed.commandSpec().commandLine().getOut() instanceof AnswerWriter out
                ? out.failure().map(this::unwritten).orElse(code)
                : code;
    }

    private int unwritten(IOException failure) {
        return print(new CommandFailedException("standard output cannot be written: " + failure.getMessage(), failure));
    }

    private int refused(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String help = "see " + command.getCommandSpec().qualifiedName() + " --help";
        return print(
                failure instanceof UnmatchedArgumentException unmatched
                        ? unknown(command, unmatched, help)
                        : new CommandFailedException(failure.getMessage(), help));
    }

    private static CommandFailedException unknown(
            CommandLine command, UnmatchedArgumentException unmatched, String help) {
        String name = command.getCommandSpec().qualifiedName();
        boolean isOption = unmatched.isUnknownOption();
        boolean isCommand = !isOption && !command.getSubcommands().isEmpty();
        String kind = isOption ? "option" : isCommand ? "command" : "argument";
        String nearest = unmatched.getSuggestions().stream()
                .findFirst()
                .map(word -> "did you mean " + (isCommand ? name + " " : "") + word + "? Else ")
                .orElse("");
        return new CommandFailedException(
                name + " has no " + kind + " '" + unmatched.getUnmatched().getFirst() + "'", nearest + help);
    }

    /** The failure as a message, with a hint if there is a remedy. */
    CommandFailedException explained(Exception failure) {
        Optional<RefusedCredentials> refusal = RefusedCredentials.find(failure);
        if (failure instanceof CommandFailedException known) {
            return refusal.filter(any -> known.hint().isEmpty())
                    .map(why -> new CommandFailedException(
                            known.getMessage() + ": " + why.problem(), why.remedy(), failure))
                    .orElse(known);
        }
        if (refusal.isPresent()) {
            return new CommandFailedException(
                    refusal.get().problem(), refusal.get().remedy(), failure);
        }
        Optional<Throwable> unanswered = Causes.of(failure).stream()
                .filter(cause -> UNANSWERED.stream().anyMatch(kind -> kind.isInstance(cause)))
                .findFirst();
        if (unanswered.isPresent()) {
            return unanswered(unanswered.get());
        }
        if (failure instanceof UnreadableDocumentException damage) {
            return UnreadableTable.failure(damage, fanin.endpoint());
        }
        if (failure instanceof FileSystemException file) {
            return FileProblem.failure(file);
        }
        if (failure instanceof S3AccessException refused) {
            return new CommandFailedException(refused.messageToCaller(), refused);
        }
        String message = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        // The SDK's message names each class that did not provide the value.
        if (message.startsWith("Unable to load region")) {
            return new CommandFailedException("there is no AWS region", "set AWS_REGION, or name one with --region");
        }
        return MissingCredentials.failure(message).orElseGet(() -> new CommandFailedException(message, failure));
    }

    /** The failure as a message, if Java has no memory left or cannot load a part of the program. */
    static CommandFailedException ofMachine(Error failure) {
        if (failure instanceof LinkageError) {
            return new CommandFailedException(
                    "a part of the program cannot be loaded: " + failure,
                    "install it again; queries and proposals for raw data need DuckDB, of which there is none for Alpine Linux",
                    failure);
        }
        long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
        return new CommandFailedException(
                "Java has too little memory for this, at most " + mebibytes + " MiB: " + failure,
                "let it have more, such as JAVA_TOOL_OPTIONS=-Xmx4g",
                failure);
    }

    private CommandFailedException unanswered(Throwable cause) {
        Endpoint endpoint = fanin.endpoint();
        String reason =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return new CommandFailedException(
                "nothing answers at " + endpoint + " (" + reason + ")",
                endpoint.isAws()
                        ? "is this machine connected, and is the region right?"
                        : fanin.hints().start(fanin.endpoint().startedBy()),
                cause);
    }

    private int print(CommandFailedException failure) {
        fanin.console().failed(failure);
        return ExitCode.FAILED.code();
    }
}
