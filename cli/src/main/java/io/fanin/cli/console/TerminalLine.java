package io.fanin.cli.console;

import io.fanin.model.text.LogSafe;
import java.util.stream.Collectors;

/** A line as it is printed. Names and messages of others are in it, which neither a terminal nor a workflow may obey. */
final class TerminalLine {

    /** At the beginning of a line of a job's log GitHub takes it for the beginning of a command. */
    private static final String COMMAND = "::";

    /** The same of an older form, anywhere in the line. */
    private static final String OLD_COMMAND = "##[";

    private TerminalLine() {}

    /** The text with a question mark for each character that acts; its own lines stay lines. */
    static String of(String text) {
        return text.lines().map(TerminalLine::ofOne).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String ofOne(String line) {
        String safe = LogSafe.of(line.replace("\t", "    ")).replace(OLD_COMMAND, "?#[");
        String begun = safe.stripLeading();
        return begun.startsWith(COMMAND)
                ? safe.substring(0, safe.length() - begun.length()) + "?" + begun.substring(1)
                : safe;
    }
}
