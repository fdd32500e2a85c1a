package io.fanin.cli.table;

import io.fanin.model.run.WaivedPartition;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;

/** Describes waived partitions. */
final class WaivedText {

    private static final int SHOWN = 10;

    private WaivedText() {}

    /** A line for each waived partition. */
    static List<String> lines(List<WaivedPartition> waived) {
        List<String> lines = new ArrayList<>();
        if (!waived.isEmpty()) {
            lines.add("Waived: " + waived.size());
            waived.stream().limit(SHOWN).map(WaivedText::line).forEach(lines::add);
        }
        if (waived.size() > SHOWN) {
            lines.add("  and " + (waived.size() - SHOWN) + " more");
        }
        return lines;
    }

    private static String line(WaivedPartition one) {
        String until = one.until().map(moment -> ", until " + moment).orElse("");
        return LogSafe.of(
                "  " + one.partition() + ": " + one.reason() + " (" + one.by() + ", " + one.at() + until + ")");
    }
}
