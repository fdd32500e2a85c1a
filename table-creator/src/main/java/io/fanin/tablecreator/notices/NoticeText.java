package io.fanin.tablecreator.notices;

import java.util.ArrayList;
import java.util.List;

/** A notice as short lines of plain text, for mail. */
final class NoticeText {

    private NoticeText() {}

    static String of(Notice notice) {
        List<String> lines = new ArrayList<>();
        lines.add("Table: " + notice.table());
        lines.add("What: " + notice.what());
        lines.add("Why: " + notice.why());
        lines.add("Since: " + notice.since());
        if (!notice.partitions().isEmpty()) {
            lines.add("Partitions:");
            notice.partitions().forEach(partition -> lines.add("  " + partition));
        }
        lines.add("Console: " + notice.console());
        lines.add("Command: " + notice.command());
        lines.add("Execution: " + notice.execution());
        return String.join("\n", lines);
    }
}
