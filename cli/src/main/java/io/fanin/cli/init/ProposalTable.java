package io.fanin.cli.init;

import io.fanin.cli.console.Grid;
import io.fanin.cli.init.Finding.Certainty;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Proposals as text: a row for each table, and totals. */
public final class ProposalTable {

    private static final int MAX_REASON = 120;

    private ProposalTable() {}

    public static List<String> lines(List<TableProposal> proposals) {
        Grid grid = Grid.titled(List.of("table", "verdict", "partitions", "new", "reason"));
        proposals.forEach(one -> grid.row(
                one.table().toString(),
                word(one.verdict()),
                one.firstRun().map(run -> run.found().toString()).orElse("-"),
                one.firstRun().map(run -> run.unregistered().toString()).orElse("-"),
                LogSafe.beginning(reason(one), MAX_REASON)));
        List<String> lines = new ArrayList<>(grid.lines());
        lines.add("");
        lines.add(Arrays.stream(Verdict.values())
                .map(verdict -> proposals.stream()
                                .filter(one -> one.verdict() == verdict)
                                .count()
                        + " " + word(verdict))
                .collect(Collectors.joining(", ")));
        return lines;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The first of the least certain findings. */
    private static String reason(TableProposal proposal) {
        Certainty least = Finding.least(proposal.findings());
        return proposal.findings().stream()
                .filter(finding -> finding.certainty() == least)
                .map(Finding::text)
                .findFirst()
                .orElse("");
    }
}
