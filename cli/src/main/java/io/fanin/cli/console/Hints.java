package io.fanin.cli.console;

import io.fanin.model.text.ShellWord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Suggested commands, for the same stack and endpoint.
 *
 * @param program the command that started this program: {@code fanin}, or {@code scripts/fanin}
 * @param scripts the folder of the repository's scripts as typed in a shell, ending in {@code /}; empty if it is
 *     installed
 * @param given the options of this command line that select the stack and endpoint
 */
public record Hints(String program, String scripts, List<String> given) {

    /** A command of this program. */
    public String command(String... words) {
        return Stream.concat(
                        Stream.of(program),
                        Stream.concat(Stream.of(words), given.stream()).map(ShellWord::quoted))
                .collect(Collectors.joining(" "));
    }

    /**
     * A command that looks at the whole table, with the detection that the table's spec needs if its mode, which is not
     * known here, looks at less.
     *
     * @param verb {@code plan} or {@code run}
     */
    public String ofWholeTable(String verb, String table) {
        return command(verb, table) + "; if its spec's mode is neither list nor full: " + withMode(verb, "list")
                + ", and the gaps and readiness that count";
    }

    /**
     * A command for the table's spec with its detection replaced.
     *
     * @param verb {@code plan} or {@code run}
     */
    public String withMode(String verb, String mode) {
        return command(verb, "SPEC") + ", with \"detection\": {\"mode\": \"" + mode + "\"} in the spec";
    }

    /** The command that deploys a missing stack. */
    public String deploy(boolean isAws) {
        String other = ", or name another stack with --stack, or its region with --region";
        if (scripts.isEmpty()) {
            return "deploy it with scripts/deploy of the release's archive, or sam deploy" + other;
        }
        return isAws
                ? "deploy it: " + scripts + "deploy --aws" + other
                : "deploy it: " + scripts + "up, or " + scripts + "deploy";
    }

    /**
     * The command that starts an emulator of AWS which does not answer.
     *
     * @param script of the repository that starts it, with its options; empty if none does
     */
    public String start(List<String> script) {
        if (scripts.isEmpty() || script.isEmpty()) {
            return "start it, or name another endpoint with --endpoint-url, or AWS_ENDPOINT_URL";
        }
        return "start LocalStack: " + scripts + String.join(" ", script);
    }

    /** The line with the next step for partitions that no redrive can process. */
    public String runAgain(String table) {
        return "Next, once the cause is fixed: " + command("run", table);
    }

    /** The lines with the next step for a held run where the spec is probably wrong. */
    public List<String> runCorrected(String execution) {
        return List.of(
                "Next, with a corrected spec: " + command("run", "SPEC"),
                "or, once the data is written again: " + command("redrive", execution));
    }

    /** The advice to redrive a held run. A redrive uses its run's spec, so a corrected spec needs another run. */
    public String redrive(String execution) {
        return "Next, once the cause is fixed (after a change of the spec, start a run instead): "
                + command("redrive", execution);
    }
}
