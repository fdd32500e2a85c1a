package io.fanin.cli.init;

import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A proposal as text, without its spec. */
final class ProposalText {

    private ProposalText() {}

    static List<String> lines(TableProposal proposal) {
        List<String> lines = new ArrayList<>();
        if (proposal.verdict() != Verdict.LEFT_OUT) {
            proposal.findings().forEach(finding -> lines.add(finding.toString()));
        }
        proposal.firstRun().ifPresent(run -> lines.addAll(lines(run)));
        return lines;
    }

    private static List<String> lines(FirstRun run) {
        List<String> lines = new ArrayList<>();
        lines.add("first run: " + run.found() + " partitions exist, " + run.unregistered()
                + " of them are not registered and would be processed in "
                + Counted.of(run.batches(), "batch", "batches") + ": "
                + Counted.of(run.requests().get("S3 ListObjectsV2"), "listing") + " and "
                + Counted.of(run.stateTransitions(), "state transition")
                + String.format(
                        Locale.ROOT,
                        ", $%.4f for these at list prices; the functions' time comes on top",
                        run.dollars()));
        lines.add("registered: " + run.registered() + ", of which " + run.gone() + " no longer exist"
                + (run.elsewhere().count() > 0 ? " and " + run.elsewhere() + " lie outside the table's folder" : ""));
        return lines;
    }
}
