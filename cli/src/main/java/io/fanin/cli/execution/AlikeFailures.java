package io.fanin.cli.execution;

import java.util.List;

/** Describes, for people, failures with the same reason. */
public final class AlikeFailures {

    private static final int SHOWN = 3;

    private AlikeFailures() {}

    /**
     * Adds the first of them and the number of the others, their reason, and what to do.
     *
     * @param described a line for each of them
     */
    public static void add(List<String> described, String reason, List<String> advice, List<String> lines) {
        described.stream().limit(SHOWN).forEach(lines::add);
        addMore(described.size() - SHOWN, lines);
        lines.add("    " + reason);
        advice.forEach(text -> lines.add("    What to do: " + text));
    }

    /** Adds a line with the number of further ones, if there are any. */
    static void addMore(long count, List<String> lines) {
        if (count > 0) {
            lines.add("  and " + count + " more");
        }
    }
}
