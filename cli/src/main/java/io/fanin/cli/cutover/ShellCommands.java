package io.fanin.cli.cutover;

import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.console.Hints;
import io.fanin.model.text.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Commands of this program and of the AWS CLI, for the same endpoint.
 *
 * @param hints commands of this program
 */
public record ShellCommands(Hints hints, Endpoint endpoint) {

    /** A command of this program. */
    String fanin(String... words) {
        return hints.command(words);
    }

    /** A command of the AWS CLI. */
    String aws(String... words) {
        return endpoint.awsCommand(words);
    }

    /** A command whose output goes to a file. */
    static String into(String command, String file) {
        return command + " > " + ShellWord.quoted(file);
    }

    /** Runs a command unless a file exists. */
    static String unless(String file, String command) {
        return "test -e " + ShellWord.quoted(file) + " || " + command;
    }

    /** Replaces text of a file by sed's rules, into another file. */
    static String edited(String from, List<String> expressions, String to) {
        String options = expressions.stream()
                .map(expression -> "-e " + ShellWord.quoted(expression))
                .collect(Collectors.joining(" "));
        return into("sed " + options + " " + ShellWord.quoted(from), to);
    }
}
