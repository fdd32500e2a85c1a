package io.fanin.cli.cutover;

import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps that move a table from another tool to runs, and back.
 *
 * @param from the tools that register its partitions now, for a person to read
 * @param notes warnings that the table's earlier state is not known, and why
 * @param parallel the steps after which both work on the table
 * @param cutOver the steps after which only runs do
 * @param back the steps after which only the other tool does
 */
public record CutOver(
        TableName table,
        String from,
        List<String> notes,
        List<CutOverStep> parallel,
        List<CutOverStep> cutOver,
        List<CutOverStep> back) {

    public CutOver {
        from = LogSafe.of(from);
        notes = notes.stream().map(LogSafe::of).toList();
        parallel = List.copyOf(parallel);
        cutOver = List.copyOf(cutOver);
        back = List.copyOf(back);
    }

    /** All steps as a shell script in three parts, their texts as comments. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("# " + table + ": from " + from + " to runs, and back");
        lines.add("# Type each part line by line in one folder, or run it with sh -e. Go on only when a line has"
                + " worked.");
        notes.forEach(note -> lines.add("# " + note));
        part(lines, "Parallel: both work on the table, and readers see what they saw", parallel);
        part(lines, "Cut over: when you have compared them for as long as you like", cutOver);
        part(lines, "Back: at any time after that", back);
        return lines;
    }

    private static void part(List<String> lines, String title, List<CutOverStep> steps) {
        lines.add("");
        lines.add("## " + title);
        for (int i = 0; i < steps.size(); i++) {
            lines.add("# " + (i + 1) + ". " + steps.get(i).text());
            lines.addAll(steps.get(i).commands());
        }
    }
}
