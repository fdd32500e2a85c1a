package io.fanin.cli.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * A command's output: its answer, as text or one JSON document, on standard output; everything else on standard error.
 *
 * @param isTerminal whether lines may be overwritten
 */
public record Console(PrintWriter out, PrintWriter err, Output output, boolean isColoured, boolean isTerminal) {

    /** The format of answers. */
    public enum Output {
        text,
        json
    }

    /** A failure in JSON. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Failure(String error, Optional<String> hint, int exitCode) {}

    /** Prints a command's answer and returns its exit code. */
    public ExitCode answer(Object answer, Supplier<List<String>> lines, ExitCode ended) {
        if (output == Output.json) {
            out.println(json(answer));
        } else {
            lines.get().forEach(line -> out.println(coloured(TerminalLine.of(line))));
        }
        out.flush();
        return ended;
    }

    /** Prints a line of a command in progress; it is never part of a JSON answer. */
    public void say(String line) {
        PrintWriter stream = progress();
        stream.println(coloured(TerminalLine.of(line)));
        stream.flush();
    }

    /** The writer for a command's progress. */
    public PrintWriter progress() {
        return output == Output.json ? err : out;
    }

    /** Prints a line that is not part of the answer. */
    public void warn(String line) {
        err.println(TerminalLine.of(line));
        err.flush();
    }

    public void failed(CommandFailedException failure) {
        if (output == Output.json) {
            err.println(json(new Failure(failure.getMessage(), failure.hint(), ExitCode.FAILED.code())));
        } else {
            err.println(TerminalLine.of("error: " + failure.getMessage()));
            failure.hint().ifPresent(text -> err.println(TerminalLine.of("hint: " + text)));
        }
        err.flush();
    }

    /** The line with the names of table statuses in colour; the colour adds no information. */
    private String coloured(String line) {
        if (!isColoured) {
            return line;
        }
        return line.replaceFirst("\\bCOMPLETE\\b", Ansi.ON.string("@|green COMPLETE|@"))
                .replaceFirst("\\bPARTIAL\\b", Ansi.ON.string("@|yellow PARTIAL|@"))
                .replaceFirst("\\bFAILED\\b", Ansi.ON.string("@|red FAILED|@"));
    }

    private static String json(Object document) {
        try {
            return TerminalLine.json(
                    Json.documents().writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
