package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.ProposalsPage;
import io.fanin.pages.view.ProposalsPage.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The proposals for the tables of databases as a page. */
final class ProposalReport {

    private ProposalReport() {}

    static String html(String databases, List<TableProposal> proposals, Instant now) {
        return HtmlPages.html(ProposalsPage.of(
                databases, proposals.stream().map(ProposalReport::row).toList(), now));
    }

    private static Row row(TableProposal proposal) {
        Optional<FirstRun> run = proposal.firstRun();
        return new Row(
                proposal.table().toString(),
                ProposalsPage.Verdict.valueOf(proposal.verdict().name()),
                run.map(first -> first.found().toString()).orElse(""),
                run.map(first -> first.unregistered().toString()).orElse(""),
                proposal.findings().stream()
                        .sorted(Comparator.comparing(Finding::certainty).reversed())
                        .map(Finding::toString)
                        .toList(),
                proposal.spec().map(JsonNode::toPrettyString).orElse(""));
    }
}
