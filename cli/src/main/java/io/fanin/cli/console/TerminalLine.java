package io.fanin.cli.console;

import io.fanin.model.text.LogSafe;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A printed line. It may contain foreign names and messages, which must not control a terminal or a workflow. */
public final class TerminalLine {

    /**
     * At the beginning of a line in a job's log, the beginning of a command of GitHub Actions. Its runner leaves out
     * all white space before it, the kinds that do not break a line among them.
     */
    private static final Pattern COMMAND = Pattern.compile("^(\\s*):(?=:)", Pattern.UNICODE_CHARACTER_CLASS);

    /** The older form, anywhere in the line. */
    private static final String OLD_COMMAND = "##[";

    private TerminalLine() {}

    /** The text with a question mark for each control character, except its own line ends. */
    public static String of(String text) {
        return text.lines().map(TerminalLine::ofOne).collect(Collectors.joining(System.lineSeparator()));
    }

    /**
     * The same JSON document, of which {@link #of} leaves each line as it is: what may control a terminal or a workflow
     * is escaped.
     */
    public static String json(String json) {
        return LogSafe.json(json).replace(OLD_COMMAND, OLD_COMMAND.replace("[", "\\u005b"));
    }

    private static String ofOne(String line) {
        String safe = LogSafe.of(line.replace("\t", "    ")).replace(OLD_COMMAND, "?#[");
        return COMMAND.matcher(safe).replaceFirst("$1?");
    }
}
