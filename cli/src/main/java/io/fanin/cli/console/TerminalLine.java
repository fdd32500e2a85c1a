package io.fanin.cli.console;

import io.fanin.model.text.LogSafe;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A printed line. It may contain foreign names and messages, which must not control a terminal or a workflow. */
public final class TerminalLine {

    /**
     * The beginning of a GitHub Actions command in a job's log. The runner ignores white space before it, including
     * kinds that do not break a line.
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
     * An equivalent JSON document in which everything that may control a terminal or a workflow is escaped: {@link #of}
     * leaves its lines unchanged.
     */
    public static String json(String json) {
        return LogSafe.json(json).replace(OLD_COMMAND, OLD_COMMAND.replace("[", "\\u005b"));
    }

    private static String ofOne(String line) {
        String safe = LogSafe.of(line.replace("\t", "    ")).replace(OLD_COMMAND, "?#[");
        return COMMAND.matcher(safe).replaceFirst("$1?");
    }
}
