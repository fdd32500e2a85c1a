package io.fanin.cli.execution;

import io.fanin.cli.console.Hints;
import io.fanin.cli.console.TerminalLine;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Describes the runs that process outstanding partitions which no redrive can process. */
public record RunAgainText(Hints hints) {

    private static final int SHOWN = 10;

    /**
     * The next steps for a table's outstanding partitions. Those that are set aside are tried only by a run that names
     * them.
     *
     * @param failures an empty list if they are not known
     */
    public List<String> lines(String table, List<FailedPartition> failures) {
        List<String> setAside = failures.stream()
                .filter(FailedPartition::setAside)
                .map(FailedPartition::partition)
                .toList();
        List<String> lines = new ArrayList<>();
        if (!setAside.isEmpty()) {
            lines.add("Next for what is set aside, once its data is mended: " + naming(setAside));
            if (setAside.size() > SHOWN) {
                lines.add("  and " + (setAside.size() - SHOWN) + " more: "
                        + hints.command("status", "--output", "json", table) + " names all");
            }
        }
        if (setAside.isEmpty() || setAside.size() < failures.size()) {
            lines.add(hints.runAgain(table));
        }
        return lines;
    }

    /** The command of a run that names the first of these partitions, with a note on what its spec needs. */
    public String naming(List<String> partitions) {
        Named detection =
                new Named("partitions", partitions.stream().limit(SHOWN).toList());
        return hints.command("run", "SPEC") + ", with \"detection\": " + TerminalLine.json(Json.text(detection))
                + " in the spec";
    }

    /** A detection of mode partitions. */
    private record Named(String mode, List<String> partitions) {}
}
