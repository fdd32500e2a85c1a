package io.fanin.pages.view;

import io.fanin.model.text.Counted;
import io.fanin.pages.view.Frame.Fact;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of specs proposed for tables, with those that need a decision first.
 *
 * @param rows in the order in which they are shown
 */
public record ProposalsPage(Frame frame, List<Row> rows) {

    public ProposalsPage {
        rows = List.copyOf(rows);
    }

    /**
     * A table.
     *
     * @param verdict one word
     * @param partitions the number of partitions found, as {@code unregistered} is that of those not registered; empty
     *     strings if these were not counted
     * @param findings the reasons for the spec's fields, the least certain first
     * @param spec as JSON; empty if there is none
     */
    public record Row(
            String table, Verdict verdict, String partitions, String unregistered, List<String> findings, String spec) {

        public Row {
            findings = List.copyOf(findings);
        }
    }

    /** Whether a spec can be used, in the order in which the page shows them. */
    public enum Verdict {
        DECIDE("a person has to decide", "PARTIAL"),
        CHECK("to be checked", "WAITING"),
        READY("ready", "COMPLETE"),
        KEPT("kept", ""),
        LEFT_OUT("left out", "");

        private final String words;
        private final String style;

        Verdict(String words, String style) {
            this.words = words;
            this.style = style;
        }

        /** The verdict as text for people. */
        public String words() {
            return words;
        }

        /** The class in the style sheet. */
        public String style() {
            return style;
        }
    }

    /** The page of these rows; {@code databases} is the requested pattern. */
    public static ProposalsPage of(String databases, List<Row> rows, Instant now) {
        Map<Verdict, Long> counts = rows.stream().collect(Collectors.groupingBy(Row::verdict, Collectors.counting()));
        return new ProposalsPage(
                new Frame(
                        "Specs proposed for " + Texts.name(databases),
                        List.of(),
                        "",
                        "",
                        Counted.of(rows.size(), "table") + " · " + counts.getOrDefault(Verdict.DECIDE, 0L)
                                + " for a person to decide",
                        Arrays.stream(Verdict.values())
                                .filter(counts::containsKey)
                                .map(verdict -> Fact.of(verdict.words(), counts.get(verdict)))
                                .toList(),
                        Frame.written(now)),
                rows.stream()
                        .sorted(Comparator.comparing(Row::verdict).thenComparing(Row::table))
                        .toList());
    }
}
